package org.activemessaging.contract;

import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * An application in a JVM of its own, which can be killed.
 */
@Configuration(proxyBeanMethods = false)
@Import({ Application.Imports.class, LedgerProcessor.class })
class LedgerMain {

	public static void main(String[] arguments) {
		SpringApplication.run(LedgerMain.class, arguments);
	}

}
