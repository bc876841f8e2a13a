package org.activemessaging.fault;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;

/**
 * A processor of the library that does what a {@link Behaviour} says.
 */
@Processor
class FaultProcessor {

	private final Behaviour behaviour;

	FaultProcessor(Behaviour behaviour) {
		this.behaviour = behaviour;
	}

	@SubscribesTo(value = "orders", id = "handler")
	void onMessage(String id) throws Throwable {
		this.behaviour.handle(id);
	}

}
