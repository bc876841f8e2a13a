package org.activemessaging.contract;

import org.activemessaging.MessagePublisher;
import org.activemessaging.flow.Flow;

/**
 * An application that is used by several tests: each of them finds its messages by a
 * header.
 */
final class SharedApplication implements AutoCloseable {

	private static final String TEST = "test";

	private final Recorder recorder = new Recorder();

	private final Application application;

	SharedApplication(Application.Builder builder) {
		this.application = builder.processor(this.recorder).start();
	}

	MessagePublisher.Publication publication(String test) {
		return this.application.publication().header(TEST, test);
	}

	/**
	 * Waits until the message of a test has arrived.
	 */
	Recorder.Call await(String test) {
		Flow.eventually().until(() -> this.recorder.calls().stream().anyMatch((call) -> isOf(call, test)));
		return this.recorder.calls().stream().filter((call) -> isOf(call, test)).findFirst().orElseThrow();
	}

	private static boolean isOf(Recorder.Call call, String test) {
		return test.equals(call.message().getHeaders().get(TEST));
	}

	@Override
	public void close() {
		this.application.close();
	}

}
