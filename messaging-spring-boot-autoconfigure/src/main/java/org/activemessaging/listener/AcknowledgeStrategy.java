package org.activemessaging.listener;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import org.activemessaging.broker.BrokerAdapter;

/**
 * What the modes of acknowledging do differently: the session, how many messages share
 * one acknowledgement, and what ends or takes back their handling.
 */
enum AcknowledgeStrategy {

	/**
	 * A transaction for each window.
	 */
	TRANSACTED {

		@Override
		int sessionMode(BrokerAdapter adapter) {
			return Session.SESSION_TRANSACTED;
		}

		@Override
		int window(int configured) {
			return configured;
		}

		@Override
		void done(Session session, Message message, boolean moved) throws JMSException {
			session.commit();
		}

		@Override
		void takeBack(Session session) throws JMSException {
			session.rollback();
		}

	},

	/**
	 * One acknowledgement for each message, when the processor has returned.
	 */
	CLIENT {

		@Override
		int sessionMode(BrokerAdapter adapter) {
			return adapter.individualAcknowledge();
		}

		@Override
		void done(Session session, Message message, boolean moved) throws JMSException {
			message.acknowledge();
		}

		@Override
		void takeBack(Session session) throws JMSException {
			session.recover();
		}

	},

	/**
	 * One acknowledgement for each message, when the processor says so.
	 */
	BY_PROCESSOR {

		@Override
		int sessionMode(BrokerAdapter adapter) {
			return adapter.individualAcknowledge();
		}

		@Override
		void done(Session session, Message message, boolean moved) throws JMSException {
			if (moved) {
				message.acknowledge();
			}
		}

		@Override
		void takeBack(Session session) throws JMSException {
			session.recover();
		}

	},

	/**
	 * None of ours.
	 */
	AUTO {

		@Override
		int sessionMode(BrokerAdapter adapter) {
			return Session.AUTO_ACKNOWLEDGE;
		}

		@Override
		void done(Session session, Message message, boolean moved) {
		}

		@Override
		void takeBack(Session session) {
		}

	};

	static AcknowledgeStrategy of(AcknowledgeMode mode, boolean byProcessor) {
		return switch (mode) {
			case TRANSACTED -> TRANSACTED;
			case CLIENT -> byProcessor ? BY_PROCESSOR : CLIENT;
			case UNSAFE_AUTO -> AUTO;
		};
	}

	/**
	 * Tells whether the broker's count of deliveries says how often the application has
	 * died with a message.
	 */
	boolean countsCrashes() {
		return this == TRANSACTED || this == CLIENT;
	}

	abstract int sessionMode(BrokerAdapter adapter);

	int window(int configured) {
		return 1;
	}

	/**
	 * Ends the handling of messages.
	 * @param session the session that received them
	 * @param message the last one of them
	 * @param moved whether this one was moved to another queue instead of being processed
	 * @throws JMSException if the broker refuses it
	 */
	abstract void done(Session session, Message message, boolean moved) throws JMSException;

	/**
	 * Gives the messages that were not ended back to the broker.
	 * @param session the session that received them
	 * @throws JMSException if the broker refuses it
	 */
	abstract void takeBack(Session session) throws JMSException;

}
