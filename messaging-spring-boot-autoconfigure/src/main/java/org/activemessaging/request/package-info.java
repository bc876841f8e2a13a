/**
 * Requests and the replies to them, on both sides.
 */
@NullMarked
package org.activemessaging.request;

import org.jspecify.annotations.NullMarked;
