package org.activemessaging.samples.benchmark.micro;

import java.util.List;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.processor.ProcessorDefinition;
import org.activemessaging.processor.ProcessorRegistry;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application with two processors, which never connects to its broker.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class Application {

	static ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run("--logging.level.root=warn", "--messaging.broker.main.adapter=activemq",
					"--messaging.broker.main.url=tcp://localhost:1", "--messaging.listener.auto-startup=false",
					"--messaging.destination.text.queue=TEXT", "--messaging.destination.json.queue=JSON");
	}

	static ProcessorDefinition processor(ConfigurableApplicationContext context, String destination) {
		List<ProcessorDefinition> all = context.getBean(ProcessorRegistry.class).all();
		return all.stream()
			.filter((processor) -> processor.destination().name().equals(destination))
			.findFirst()
			.orElseThrow();
	}

	/**
	 * What is sent as JSON.
	 *
	 * @param session the session
	 * @param uri the page
	 * @param millis how long it took
	 */
	record Click(String session, String uri, long millis) {
	}

	/**
	 * Handles messages by doing nothing.
	 */
	@Processor
	static final class Sink {

		private Object last = "";

		@SubscribesTo("text")
		void onText(String text) {
			this.last = text;
		}

		@SubscribesTo("json")
		void onClick(Click click) {
			this.last = click;
		}

		Object last() {
			return this.last;
		}

	}

}
