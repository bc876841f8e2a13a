package org.activemessaging.actuate;

import java.util.Locale;
import java.util.Map;

import org.activemessaging.operations.OperationAudit;

import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;

/**
 * {@link OperationAudit} by Spring Boot's audit events, of the types
 * {@code MESSAGING_CONTROL}, {@code MESSAGING_PURGE} and so on.
 *
 * @since 0.1.0
 */
public final class AuditEvents implements OperationAudit {

	private final ApplicationEventPublisher publisher;

	/**
	 * Creates an audit.
	 * @param publisher what publishes the events
	 */
	public AuditEvents(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	@Override
	public void record(String by, String operation, Map<String, Object> data) {
		this.publisher
			.publishEvent(new AuditApplicationEvent(by, "MESSAGING_" + operation.toUpperCase(Locale.ROOT), data));
	}

}
