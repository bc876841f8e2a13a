package org.activemessaging.samples.voyeur;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Starts Voyeur. Without a profile everything runs in this process, the broker included;
 * the profile {@code web} serves the pages and runs no processor, the profile
 * {@code analytics} runs the processors and the dashboard.
 */
@SpringBootApplication
public class VoyeurApplication {

	public static void main(String[] args) {
		SpringApplication.run(VoyeurApplication.class, args);
	}

}
