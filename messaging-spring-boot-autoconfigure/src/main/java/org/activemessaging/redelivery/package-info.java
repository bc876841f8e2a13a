/**
 * The decision after a failure: now, later, or give up.
 */
@NullMarked
package org.activemessaging.redelivery;

import org.jspecify.annotations.NullMarked;
