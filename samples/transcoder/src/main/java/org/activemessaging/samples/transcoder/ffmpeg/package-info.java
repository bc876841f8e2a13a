/**
 * The program that reads and writes videos.
 */
@NullMarked
package org.activemessaging.samples.transcoder.ffmpeg;

import org.jspecify.annotations.NullMarked;
