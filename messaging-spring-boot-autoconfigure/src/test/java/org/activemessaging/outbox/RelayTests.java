package org.activemessaging.outbox;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.jms.JMSSecurityException;
import org.activemessaging.PublishException;
import org.activemessaging.PublishRefusedException;
import org.activemessaging.PublishUncertainException;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.destination.UnknownDestinationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.util.backoff.FixedBackOff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for what the relay does when a message does not get through.
 */
class RelayTests {

	private final List<String> sent = new CopyOnWriteArrayList<>();

	private final JdbcTemplate jdbc = new JdbcTemplate(
			new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1"));

	private final OutboxTable table = new OutboxTable(this.jdbc, "voyeur");

	private Relay.Sender broker = (message) -> {
	};

	private Relay relay;

	@BeforeEach
	void createTables() {
		new ResourceDatabasePopulator(new ClassPathResource("org/activemessaging/jdbc/schema-h2.sql"))
			.execute(this.jdbc.getDataSource());
	}

	@AfterEach
	void stop() {
		this.relay.stop();
		this.jdbc.execute("DROP ALL OBJECTS");
	}

	@Test
	void refusedMessageIsParkedWithItsReasonAndTheOthersGoOn() {
		this.broker = failing("2", new PublishRefusedException("orders", "not allowed", null));
		relay("1", "2", "3");
		await().until(() -> this.sent.equals(List.of("1", "3")));
		await().until(() -> failure("2") != null);
		assertThat(failure("2")).isEqualTo("refused: not allowed");
		assertThat(this.table.backlogs().get("jobs"))
			.isEqualTo(new OutboxTable.Backlog(0, 0, 1, "refused: not allowed"));
	}

	@Test
	void unknownDestinationIsParked() {
		this.broker = failing("1", new UnknownDestinationException("orders", "the outbox", List.of()));
		relay("1", "2");
		await().until(() -> this.sent.equals(List.of("2")));
		assertThat(failure("1")).startsWith("unknown-destination: ").contains("'orders'");
	}

	@Test
	void messageThatCannotBeReadIsParked() {
		this.jdbc.update("INSERT INTO MESSAGING_OUTBOX (APPLICATION, BROKER, DESTINATION, MESSAGE_ID, CONTENT,"
				+ " CREATED_AT) VALUES ('voyeur', 'jobs', 'orders', '0', X'0163', 1)");
		relay("1");
		await().until(() -> this.sent.equals(List.of("1")));
		assertThat(failure("0")).startsWith("unreadable: ");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void messageThatNeverGetsThroughWhenOthersDoIsParked(boolean uncertain) {
		this.broker = failing("1", uncertain ? new PublishUncertainException("orders", "1", "no answer", null)
				: new PublishException("orders", "no connection", new JMSSecurityException("not allowed")));
		relay("1", "2", "3");
		await().until(() -> this.sent.equals(List.of("2", "3")));
		assertThat(failure("1")).startsWith("unanswered: ");
	}

	@Test
	void nothingIsParkedInAnOutageAndTheOrderIsKept() {
		long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
		this.broker = (message) -> {
			if (System.nanoTime() < end) {
				throw new PublishException("orders", "no connection", null);
			}
		};
		relay("1", "2", "3");
		await().until(() -> this.sent.size() == 3);
		assertThat(this.sent).containsExactly("1", "2", "3");
		assertThat(this.jdbc.queryForObject("SELECT COUNT(*) FROM MESSAGING_OUTBOX WHERE FAILED_AT IS NOT NULL",
				Integer.class))
			.isZero();
	}

	@Test
	void messageThatIsAloneGoesOnBeingTried() {
		int[] tries = { 0 };
		this.broker = (message) -> {
			if (++tries[0] < 10) {
				throw new PublishUncertainException("orders", "?", "no answer", null);
			}
		};
		relay("1");
		await().until(() -> this.sent.equals(List.of("1")));
	}

	@Test
	void relayGoesOnAfterAFailureOfTheDatabase() {
		this.jdbc.execute("ALTER TABLE MESSAGING_OUTBOX RENAME TO HIDDEN");
		relay();
		this.jdbc.execute("ALTER TABLE HIDDEN RENAME TO MESSAGING_OUTBOX");
		store("1");
		await().until(() -> this.sent.equals(List.of("1")));
	}

	private Relay.Sender failing(String id, RuntimeException failure) {
		return (message) -> {
			if (message.messageId().equals(id)) {
				throw failure;
			}
		};
	}

	private void relay(String... ids) {
		for (String id : ids) {
			store(id);
		}
		BrokerProfile profile = mock(BrokerProfile.class);
		given(profile.reconnectBackOff()).willReturn(new FixedBackOff(20, Long.MAX_VALUE));
		Broker jobs = mock(Broker.class);
		given(jobs.name()).willReturn("jobs");
		given(jobs.profile()).willReturn(profile);
		Lease lease = new Lease(this.jdbc, "outbox/voyeur/jobs", "me", Duration.ofSeconds(10));
		this.relay = new Relay(jobs, this.table, lease, (message) -> {
			message.message(System.currentTimeMillis());
			this.broker.send(message);
			this.sent.add(message.messageId());
		}, new OutboxSettings(10, Duration.ofMillis(20), Duration.ofSeconds(10), Duration.ofSeconds(1)));
		Thread thread = new Thread(this.relay, "relay");
		thread.setDaemon(true);
		thread.start();
	}

	private void store(String id) {
		this.table.insert("jobs", "orders", id, MessageCodec.write(new GenericMessage<>("text")));
	}

	private String failure(String id) {
		return this.jdbc.queryForList("SELECT FAILURE FROM MESSAGING_OUTBOX WHERE MESSAGE_ID = ?", String.class, id)
			.get(0);
	}

}
