package org.activemessaging.quickstart.filters;

import java.net.URI;
import java.nio.charset.StandardCharsets;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import org.activemessaging.Processor;
import org.activemessaging.PublishesTo;
import org.activemessaging.SubscribesTo;

@Processor
class ShippingProcessor {

	private final Parcels parcels;

	ShippingProcessor(Parcels parcels) {
		this.parcels = parcels;
	}

	@SubscribesTo("orders")
	@PublishesTo("shipments")
	CloudEvent onOrder(CloudEvent order) {
		return CloudEventBuilder.v1()
			.withId(order.getId() + "-shipment")
			.withSource(URI.create("/shop/shipping"))
			.withType("com.example.order.shipped")
			.withSubject(order.getSubject())
			.withData("application/json", "{\"parcels\":1}".getBytes(StandardCharsets.UTF_8))
			.build();
	}

	@SubscribesTo("shipments")
	void onShipment(Shipment shipment) {
		this.parcels.add(shipment.parcels());
	}

	record Shipment(int parcels) {
	}

}
