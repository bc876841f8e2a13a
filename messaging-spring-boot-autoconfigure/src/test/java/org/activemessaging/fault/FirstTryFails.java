package org.activemessaging.fault;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.activemessaging.filter.Direction;
import org.activemessaging.filter.FilterChain;
import org.activemessaging.filter.MessageFilter;
import org.activemessaging.filter.Routing;

import org.springframework.core.env.Environment;
import org.springframework.messaging.Message;

/**
 * Lets the first try of some messages fail, whichever application makes it. Added to an
 * application by {@code spring.main.sources}.
 */
class FirstTryFails implements MessageFilter {

	static final int GROUPED = 100;

	private final Path marks;

	FirstTryFails(Environment environment) {
		this.marks = Path.of(environment.getRequiredProperty("fault.marks"));
	}

	@Override
	public void filter(Message<?> message, Routing routing, FilterChain chain) throws Exception {
		String id = String.valueOf(message.getPayload());
		// A message of a group takes those back that share its window: fewer of them.
		int every = id.startsWith("g") ? GROUPED : 20;
		if (routing.direction() == Direction.INBOUND && LedgerEntry.number(id) % every == 5 && isFirst(id)) {
			throw new IllegalStateException("by the test");
		}
		chain.proceed(message);
	}

	private boolean isFirst(String id) throws IOException {
		try {
			Files.createFile(this.marks.resolve("tried-" + id));
			return true;
		}
		catch (FileAlreadyExistsException ex) {
			return false;
		}
	}

}
