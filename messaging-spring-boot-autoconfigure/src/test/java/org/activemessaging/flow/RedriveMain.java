package org.activemessaging.flow;

import java.time.Duration;
import java.util.List;

import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.operations.MessageSelection;
import org.activemessaging.operations.OperationRequest;
import org.activemessaging.operations.OperationView;
import org.activemessaging.operations.QueueOperations;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application that redrives all dead letters and ends.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ MessagingAutoConfiguration.class, JacksonAutoConfiguration.class })
class RedriveMain {

	public static void main(String[] arguments) {
		try (ConfigurableApplicationContext context = SpringApplication.run(RedriveMain.class, arguments)) {
			QueueOperations operations = context.getBean(QueueOperations.class);
			String id = operations
				.submit(new OperationRequest(OperationRequest.Kind.REDRIVE, "orders", null,
						OperationRequest.From.DEAD_LETTERS, null, MessageSelection.ALL, Integer.MAX_VALUE, false, false,
						new OperationRequest.Redrive(List.of(), 200, 1), "test"))
				.id();
			Flow.eventually()
				.atMost(Duration.ofMinutes(2))
				.until(() -> operations.get(id).state() != OperationView.State.RUNNING);
		}
	}

}
