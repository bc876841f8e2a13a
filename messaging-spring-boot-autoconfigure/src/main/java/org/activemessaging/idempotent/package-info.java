/**
 * The memory of what each processor has processed, kept in one database transaction with
 * the processor's own work.
 */
@NullMarked
package org.activemessaging.idempotent;

import org.jspecify.annotations.NullMarked;
