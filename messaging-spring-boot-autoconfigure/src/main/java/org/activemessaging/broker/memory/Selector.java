package org.activemessaging.broker.memory;

import jakarta.jms.JMSException;
import org.apache.activemq.command.ActiveMQMessage;
import org.apache.activemq.filter.BooleanExpression;
import org.apache.activemq.filter.MessageEvaluationContext;
import org.apache.activemq.selector.SelectorParser;
import org.jspecify.annotations.Nullable;

/**
 * A condition on the headers of messages, as ActiveMQ understands it.
 *
 * @param text the condition, or {@code null} for all messages
 * @param expression the same, parsed
 */
record Selector(@Nullable String text, @Nullable BooleanExpression expression) {

	static final Selector ALL = new Selector(null, null);

	static Selector of(@Nullable String text) throws JMSException {
		boolean all = text == null || text.isBlank();
		return all ? ALL : new Selector(text, SelectorParser.parse(text));
	}

	/**
	 * Tells whether a message matches; one that cannot be asked does not.
	 */
	boolean accepts(ActiveMQMessage message) {
		try {
			return matches(message);
		}
		catch (JMSException ex) {
			return false;
		}
	}

	boolean matches(ActiveMQMessage message) throws JMSException {
		if (this.expression == null) {
			return true;
		}
		MessageEvaluationContext context = new MessageEvaluationContext();
		context.setMessageReference(message);
		return this.expression.matches(context);
	}

}
