package org.activemessaging.samples.transcoder.ffmpeg;

/**
 * What a file says about its video.
 *
 * @param width the width of the picture in pixels
 * @param height the height of the picture in pixels
 * @param seconds how long it is, or zero if the file does not say
 */
public record VideoInfo(int width, int height, double seconds) {

}
