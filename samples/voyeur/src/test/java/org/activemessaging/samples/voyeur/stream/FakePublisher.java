package org.activemessaging.samples.voyeur.stream;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.activemessaging.MessagePublisher;

/**
 * A publisher that keeps what it is given, after it has asked a hook that may block or
 * throw.
 */
final class FakePublisher implements MessagePublisher {

	private final List<Sent> sent = new CopyOnWriteArrayList<>();

	private volatile Consumer<String> hook = (id) -> {
	};

	List<Sent> sent() {
		return this.sent;
	}

	void beforePublish(Consumer<String> hook) {
		this.hook = hook;
	}

	@Override
	public Publication to(String destination) {
		return new FakePublication(destination);
	}

	record Sent(String destination, String group, String id, Object payload) {

	}

	private final class FakePublication implements Publication {

		private final String destination;

		private final Map<String, Object> headers = new ConcurrentHashMap<>();

		FakePublication(String destination) {
			this.destination = destination;
		}

		@Override
		public Publication header(String name, Object value) {
			this.headers.put(name, value);
			return this;
		}

		@Override
		public Publication headers(Map<String, ?> headers) {
			this.headers.putAll(headers);
			return this;
		}

		@Override
		public Publication group(String group) {
			return header("group", group);
		}

		@Override
		public Publication priority(int priority) {
			return this;
		}

		@Override
		public Publication timeToLive(Duration timeToLive) {
			return this;
		}

		@Override
		public Publication delay(Duration delay) {
			return this;
		}

		@Override
		public Publication persistent(boolean persistent) {
			return this;
		}

		@Override
		public Publication correlationId(String correlationId) {
			return this;
		}

		@Override
		public Publication contentType(String contentType) {
			return this;
		}

		@Override
		public void publish(Object payload) {
			String id = (String) this.headers.get(StreamEvent.ID_HEADER);
			FakePublisher.this.hook.accept(id);
			FakePublisher.this.sent.add(new Sent(this.destination, (String) this.headers.get("group"), id, payload));
		}

		@Override
		public CompletableFuture<Void> publishAsync(Object payload) {
			publish(payload);
			return CompletableFuture.completedFuture(null);
		}

		@Override
		public void publishAll(Collection<?> payloads) {
			payloads.forEach(this::publish);
		}

	}

}
