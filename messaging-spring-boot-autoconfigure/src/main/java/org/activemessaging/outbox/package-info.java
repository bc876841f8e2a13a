/**
 * Messages that were published in a database transaction: stored in it, and relayed to
 * their broker after its commit.
 */
@NullMarked
package org.activemessaging.outbox;

import org.jspecify.annotations.NullMarked;
