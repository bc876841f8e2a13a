/**
 * The chain of filters around every message, in both directions.
 */
@NullMarked
package org.activemessaging.filter;

import org.jspecify.annotations.NullMarked;
