/**
 * What is said about videos: the messages, and the forms a video is encoded to.
 */
@NullMarked
package org.activemessaging.samples.transcoder.video;

import org.jspecify.annotations.NullMarked;
