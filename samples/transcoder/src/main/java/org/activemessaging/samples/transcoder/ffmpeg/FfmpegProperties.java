package org.activemessaging.samples.transcoder.ffmpeg;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How ffmpeg is run.
 *
 * @param timeout the longest time that one run may take
 */
@ConfigurationProperties("transcoder.ffmpeg")
record FfmpegProperties(@DefaultValue("30m") Duration timeout) {

}
