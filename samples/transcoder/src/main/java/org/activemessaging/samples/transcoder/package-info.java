/**
 * A dance-video site that encodes what is uploaded behind a queue.
 */
@NullMarked
package org.activemessaging.samples.transcoder;

import org.jspecify.annotations.NullMarked;
