package org.activemessaging.observation;

import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.observation.MessagingObservationDocumentation.MessageKeys;
import org.jspecify.annotations.Nullable;

import org.springframework.jms.support.JmsHeaders;

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

	static KeyValues error(Observation.Context context) {
		Throwable error = context.getError();
		return of(MessageKeys.ERROR_TYPE, (error != null) ? error.getClass().getName() : null);
	}

	static KeyValues consumed(MessagingConsumerContext context, NamedDestination destination, @Nullable String group) {
		String source = destination.subscribeAddress(group).name();
		Object id = context.header(MessagingHeaders.ID);
		KeyValues values = of(MessageKeys.ID, (id != null) ? id : context.header(JmsHeaders.MESSAGE_ID))
			.and(of(MessageKeys.CONVERSATION_ID, context.header(JmsHeaders.CORRELATION_ID)))
			.and(of(MessageKeys.GROUP, context.header(MessagingHeaders.GROUP)));
		if (!source.equals(destination.publishAddress().name())) {
			values = values.and(MessageKeys.SUBSCRIPTION.withValue(source));
		}
		if (context.messages().size() > 1) {
			values = values.and(MessageKeys.BATCH_COUNT.withValue(String.valueOf(context.messages().size())));
		}
		return values.and(error(context));
	}

}
