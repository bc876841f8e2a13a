package org.activemessaging.samples.benchmark.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Starts an application of Spring Boot.
 */
final class Boot {

	private final List<String> properties = new ArrayList<>(
			List.of("spring.application.name=benchmark", "logging.level.root=warn"));

	private final List<ApplicationContextInitializer<GenericApplicationContext>> beans = new ArrayList<>();

	private final Class<?>[] sources;

	Boot(Class<?>... sources) {
		this.sources = sources;
	}

	Boot properties(List<String> properties) {
		this.properties.addAll(properties);
		return this;
	}

	<T> Boot bean(Class<T> type, Supplier<T> supplier) {
		this.beans.add((context) -> context.registerBean(type, supplier));
		return this;
	}

	ConfigurableApplicationContext run() {
		return new SpringApplicationBuilder(this.sources).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.registerShutdownHook(false)
			.initializers(this.beans.toArray(ApplicationContextInitializer[]::new))
			.run(this.properties.stream().map((property) -> "--" + property).toArray(String[]::new));
	}

}
