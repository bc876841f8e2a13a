/**
 * One container per processor; the inbound flow from session to acknowledgement.
 */
@NullMarked
package org.activemessaging.listener;

import org.jspecify.annotations.NullMarked;
