/**
 * STOMP.
 */
@NullMarked
package org.activemessaging.broker.stomp;

import org.jspecify.annotations.NullMarked;
