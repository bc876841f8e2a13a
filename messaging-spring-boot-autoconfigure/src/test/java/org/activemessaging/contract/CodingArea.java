package org.activemessaging.contract;

import java.nio.file.Path;
import java.util.Arrays;

import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What filters make of a payload for the wire is undone on the other side.
 */
abstract class CodingArea extends Area {

	private static final String TEXT = "payload ä€ ".repeat(2000);

	@Test
	void compressedTextAndBytesArriveAsTheyWere() {
		Recorder recorder = new Recorder();
		Application application = start(application(recorder).with("messaging.filter.compression.enabled", "true"));
		roundTrip(application, recorder);
	}

	@Test
	void textAndBytesOfTheStoreArriveAsTheyWere(@TempDir Path folder) {
		Recorder recorder = new Recorder();
		Application application = start(application(recorder).with("messaging.filter.claim-check.enabled", "true")
			.with("messaging.filter.claim-check.threshold", "10KB")
			.with("messaging.filter.claim-check.folder", folder.toString()));
		roundTrip(application, recorder);
		assertThat(folder).isDirectoryRecursivelyContaining("regex:.*[0-9a-f]{8}-[-0-9a-f]+");
	}

	private void roundTrip(Application application, Recorder recorder) {
		byte[] bytes = new byte[20_000];
		Arrays.fill(bytes, (byte) 0x80);
		application.publication().publish(TEXT);
		Flow.eventually().until(() -> recorder.completed().size() == 1);
		assertThat(recorder.calls().get(0).message().getPayload()).isEqualTo(TEXT);
		application.publication().publish(bytes);
		Flow.eventually().until(() -> recorder.completed().size() == 2);
		assertThat(recorder.calls().get(1).message().getPayload()).isEqualTo(bytes);
	}

}
