package org.activemessaging.observation;

import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import org.activemessaging.destination.NamedDestination;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of keys come from.
 */
final class KeySource {

	private KeySource() {
	}

	// As OpenTelemetry names it; others may be named by what they are.
	static String system(NamedDestination destination) {
		String adapter = destination.broker().adapter().name();
		return adapter.equals("sqs") ? "aws_sqs" : adapter;
	}

	static KeyValues of(KeyName key, @Nullable Object value) {
		return (value != null) ? KeyValues.of(key.withValue(value.toString())) : KeyValues.empty();
	}

}
