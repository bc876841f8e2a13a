package org.activemessaging.quickstart;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.activemessaging.MessagePublisher;
import org.activemessaging.PublishAllException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.stereotype.Component;

@Component
class Imports {

	private static final Log logger = LogFactory.getLog(Imports.class);

	private final MessagePublisher publisher;

	Imports(MessagePublisher publisher) {
		this.publisher = publisher;
	}

	void one(Click click) {
		this.publisher.publish("clickstream", click);
	}

	CompletableFuture<?> stream(Stream<Click> clicks) {
		CompletableFuture<?>[] sent = clicks.map((click) -> this.publisher.publishAsync("clickstream", click))
			.toArray(CompletableFuture<?>[]::new);
		return CompletableFuture.allOf(sent);
	}

	void file(List<Click> clicks) {
		try {
			this.publisher.publishAll("clickstream", clicks);
		}
		catch (PublishAllException ex) {
			logger.error("To be published again from number " + ex.getPublished() + " on", ex);
		}
	}

}
