package org.activemessaging.quickstart;

import io.micrometer.common.KeyValues;
import org.activemessaging.observation.MessagingProcessContext;
import org.activemessaging.observation.MessagingProcessObservationConvention;

import org.springframework.stereotype.Component;

@Component
class TenantConvention implements MessagingProcessObservationConvention {

	@Override
	public KeyValues getHighCardinalityKeyValues(MessagingProcessContext context) {
		KeyValues values = MessagingProcessObservationConvention.super.getHighCardinalityKeyValues(context);
		return (context.header("tenant") instanceof String tenant) ? values.and("tenant", tenant) : values;
	}

}
