/**
 * The worker behind the queue.
 */
@NullMarked
package org.activemessaging.samples.transcoder.encoder;

import org.jspecify.annotations.NullMarked;
