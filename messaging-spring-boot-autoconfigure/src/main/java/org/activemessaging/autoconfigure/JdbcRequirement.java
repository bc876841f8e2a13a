package org.activemessaging.autoconfigure;

import org.activemessaging.MessagingConfigurationException;

/**
 * What is said when something needs a database and there is no support for one.
 */
final class JdbcRequirement {

	private JdbcRequirement() {
	}

	static MessagingConfigurationException missing(String who) {
		return new MessagingConfigurationException(
				who + ", which needs a database, but Spring's support for JDBC is not on the class path.",
				"Add the dependency 'org.springframework.boot:spring-boot-starter-jdbc' and the driver of your"
						+ " database, or switch it off.");
	}

}
