package org.activemessaging.autoconfigure;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * The name of the application, as queues and groups are named after it.
 *
 * @param name the name
 */
record ApplicationName(String name) {

	static ApplicationName of(Environment environment) {
		String name = environment.getProperty("spring.application.name");
		return new ApplicationName(
				StringUtils.hasText(name) ? name.trim().replaceAll("[^A-Za-z0-9_-]", "-") : "application");
	}

}
