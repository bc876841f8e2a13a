package org.activemessaging.broker.facade;

import java.util.ArrayList;
import java.util.List;

import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link EmulatedTransaction}.
 */
class EmulatedTransactionTests {

	private final RecordingClient client = new RecordingClient();

	private final EmulatedTransaction transaction = new EmulatedTransaction(this.client);

	@Test
	void sendsAreConfirmedBeforeAnythingIsAcknowledged() throws JMSException {
		receiveAndSend();
		this.transaction.commit();
		assertThat(this.client.calls).containsExactly("send 1", "acknowledge 1");
	}

	@Test
	void nothingIsAcknowledgedIfASendFails() throws JMSException {
		this.client.failing = true;
		receiveAndSend();
		assertThatExceptionOfType(JMSException.class).isThrownBy(this.transaction::commit);
		this.transaction.rollback();
		assertThat(this.client.calls).containsExactly("send 1", "give back 1");
	}

	@Test
	void nothingIsSentAfterARollback() throws JMSException {
		receiveAndSend();
		this.transaction.rollback();
		this.transaction.commit();
		assertThat(this.client.calls).containsExactly("give back 1");
	}

	@Test
	void nextTransactionBeginsEmpty() throws JMSException {
		receiveAndSend();
		this.transaction.commit();
		this.transaction.commit();
		receiveAndSend();
		this.transaction.commit();
		assertThat(this.client.calls).containsExactly("send 1", "acknowledge 1", "send 1", "acknowledge 1");
	}

	private void receiveAndSend() {
		this.transaction.received(mock(Message.class));
		this.transaction.add(new EmulatedTransaction.Send(mock(Queue.class), mock(Message.class),
				DeliveryMode.PERSISTENT, Message.DEFAULT_PRIORITY, 0, 0));
	}

	/**
	 * Notes what it is told to do.
	 */
	private static final class RecordingClient implements EmulatedTransaction.Client {

		private final List<String> calls = new ArrayList<>();

		private boolean failing;

		@Override
		public void send(List<EmulatedTransaction.Send> sends) throws JMSException {
			this.calls.add("send " + sends.size());
			if (this.failing) {
				throw new JMSException("not confirmed");
			}
		}

		@Override
		public void acknowledge(List<Message> messages) {
			this.calls.add("acknowledge " + messages.size());
		}

		@Override
		public void giveBack(List<Message> messages) {
			this.calls.add("give back " + messages.size());
		}

	}

}
