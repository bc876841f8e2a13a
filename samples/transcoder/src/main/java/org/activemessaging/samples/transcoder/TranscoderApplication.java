package org.activemessaging.samples.transcoder;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Starts the dance-video site. Without a profile everything runs in this process, the
 * broker included; the profile {@code web} serves the site and encodes nothing, the
 * profile {@code encoders} encodes and serves nothing, and the profile {@code broker}
 * brings a broker for both.
 */
@SpringBootApplication
@EnableScheduling
public class TranscoderApplication {

	public static void main(String[] args) {
		SpringApplication.run(TranscoderApplication.class, args);
	}

}
