package org.activemessaging.test;

import org.testcontainers.activemq.ActiveMQContainer;

/**
 * Containers that need no engine, as they never run.
 */
final class StoppedContainers {

	private static final String IMAGE = "apache/activemq-classic:6.1.7";

	private StoppedContainers() {
	}

	static ActiveMQContainer activeMq(int port) {
		return new ActiveMQContainer(IMAGE) {

			@Override
			public String getDockerImageName() {
				return IMAGE;
			}

			@Override
			public void start() {
			}

			@Override
			public String getHost() {
				return "container.example.com";
			}

			@Override
			public Integer getMappedPort(int originalPort) {
				return port;
			}

		};
	}

}
