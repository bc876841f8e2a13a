package org.activemessaging.observation;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.TracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;
import org.activemessaging.listener.ObservedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Makes the spans of tries. A try of a message is a child of its publication, and linked
 * to the last try that has failed. The first one after a redrive begins a trace of its
 * own, as the old one may long be over, and is linked to both; further ones are in the
 * new trace. A call with several messages begins a trace, too, linked to all of them.
 * What is handled in a receive is a try; what is returned by one is only linked to, and
 * is part of what is going on where it is received.
 *
 * @since 0.1.0
 */
public final class MessageTracingHandler implements TracingObservationHandler<MessagingConsumerContext> {

	private final Receiver receiver;

	/**
	 * Creates the handler.
	 * @param tracer what makes spans
	 * @param propagator what reads trace contexts
	 */
	public MessageTracingHandler(Tracer tracer, Propagator propagator) {
		this.receiver = new Receiver(tracer, propagator);
	}

	@Override
	public void onStart(MessagingConsumerContext context) {
		this.receiver.onStart(context);
		TraceContext made = getRequiredSpan(context).context();
		context.setTrace(new Traceparent(made.traceId(), made.spanId(), Boolean.TRUE.equals(made.sampled())));
	}

	@Override
	public void onError(MessagingConsumerContext context) {
		this.receiver.onError(context);
	}

	@Override
	public void onStop(MessagingConsumerContext context) {
		this.receiver.onStop(context);
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof MessagingConsumerContext;
	}

	@Override
	public Tracer getTracer() {
		return this.receiver.getTracer();
	}

	/**
	 * Makes the spans; no bean, as there is another one of this type.
	 */
	private static final class Receiver extends PropagatingReceiverTracingObservationHandler<MessagingConsumerContext> {

		Receiver(Tracer tracer, Propagator propagator) {
			super(tracer, propagator);
		}

		@Override
		public Span.Builder customizeExtractedSpan(MessagingConsumerContext context, Span.Builder builder) {
			if (context.messages().size() > 1) {
				context.messages().forEach((message) -> {
					link(builder, publication(message));
					link(builder, message.failedTrace());
				});
				return builder.setNoParent();
			}
			ObservedMessage message = context.messages().get(0);
			if (context instanceof MessagingReceiveContext received && !received.handled()) {
				link(builder, publication(message));
				link(builder, message.failedTrace());
				TraceContext current = getTracer().currentTraceContext().context();
				return (current != null) ? builder.setParent(current) : builder.setNoParent();
			}
			Traceparent failed = Traceparent.parse(message.failedTrace());
			if (message.redriven() && !message.again()) {
				link(builder, publication(message));
				link(builder, message.failedTrace());
				return builder.setNoParent();
			}
			if (message.redriven() && failed != null) {
				return builder.setParent(context(failed));
			}
			link(builder, message.failedTrace());
			return builder;
		}

		private static @Nullable Object publication(ObservedMessage message) {
			return message.headers().apply(Traceparent.HEADER);
		}

		private void link(Span.Builder builder, @Nullable Object header) {
			Traceparent position = Traceparent.parse(header);
			if (position != null) {
				builder.addLink(new Link(context(position)));
			}
		}

		private TraceContext context(Traceparent position) {
			return getTracer().traceContextBuilder()
				.traceId(position.traceId())
				.spanId(position.spanId())
				.sampled(position.sampled())
				.build();
		}

	}

}
