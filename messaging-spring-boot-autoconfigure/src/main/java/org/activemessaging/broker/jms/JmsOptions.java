package org.activemessaging.broker.jms;

import java.util.Set;

import org.activemessaging.broker.Capability;
import org.jspecify.annotations.Nullable;

/**
 * What nobody can tell from the class of a connection factory.
 *
 * @param individualAcknowledge the acknowledge mode of sessions whose messages are
 * acknowledged one by one, or {@code null} for the one known of the provider
 * @param groupQueue the name of the queue of a group, with <code>{group}</code> and
 * <code>{topic}</code> in it, or {@code null} if there are no virtual topics
 * @param capabilities what the broker can do beyond what every provider can
 * @since 0.1.0
 */
public record JmsOptions(@Nullable Integer individualAcknowledge, @Nullable String groupQueue,
		Set<Capability> capabilities) {

	/**
	 * Nothing is known.
	 */
	public static final JmsOptions NONE = new JmsOptions(null, null, Set.of());

	/**
	 * Copies the capabilities.
	 * @param individualAcknowledge the acknowledge mode of sessions whose messages are
	 * acknowledged one by one, or {@code null} for the one known of the provider
	 * @param groupQueue the name of the queue of a group, with <code>{group}</code> and
	 * <code>{topic}</code> in it, or {@code null} if there are no virtual topics
	 * @param capabilities what the broker can do beyond what every provider can
	 */
	public JmsOptions {
		capabilities = Set.copyOf(capabilities);
	}

}
