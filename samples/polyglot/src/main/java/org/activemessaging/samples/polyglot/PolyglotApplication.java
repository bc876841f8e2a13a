package org.activemessaging.samples.polyglot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Starts a broker with a STOMP port, and the processor of the clickstream.
 */
@SpringBootApplication
public class PolyglotApplication {

	public static void main(String[] args) {
		SpringApplication.run(PolyglotApplication.class, args);
	}

}
