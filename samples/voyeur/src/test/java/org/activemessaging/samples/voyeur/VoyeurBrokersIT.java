package org.activemessaging.samples.voyeur;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.activemessaging.contract.ArtemisUnderTest;
import org.activemessaging.contract.BrokerUnderTest;
import org.activemessaging.contract.RabbitMqUnderTest;
import org.activemessaging.flow.BrokerProcess;
import org.activemessaging.samples.broker.JavaProcess;
import org.activemessaging.samples.voyeur.process.Requests;
import org.activemessaging.samples.voyeur.process.VoyeurClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The same program on one kind of broker after the other: nothing changes but a profile.
 */
@Timeout(240)
class VoyeurBrokersIT {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int REQUESTS = 200;

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path directory;

	@Test
	void activeMq() {
		try (BrokerProcess broker = new BrokerProcess(this.directory)) {
			broker.start();
			everyAnsweredRequestIsOneRowInEachGroup("activemq", broker.url(), Map.of());
		}
	}

	@Test
	void artemis() {
		try (BrokerUnderTest broker = new ArtemisUnderTest(this.directory)) {
			broker.start();
			everyAnsweredRequestIsOneRowInEachGroup("artemis", broker.url(), broker.properties());
		}
	}

	@Test
	void rabbitMq() {
		try (BrokerUnderTest broker = new RabbitMqUnderTest(this.directory)) {
			broker.start();
			everyAnsweredRequestIsOneRowInEachGroup("rabbitmq", broker.url(), broker.properties());
		}
	}

	private void everyAnsweredRequestIsOneRowInEachGroup(String profile, String url, Map<String, String> properties) {
		int port = JavaProcess.freePort();
		VoyeurClient voyeur = new VoyeurClient(port);
		List<String> arguments = new ArrayList<>(List.of("--spring.profiles.active=" + profile,
				"--voyeur.stenographer.mode=synchronous", "--server.port=" + port,
				"--messaging.broker.default.url=" + url, "--spring.datasource.url=" + databaseUrl()));
		properties.forEach((name, value) -> arguments.add("--messaging.broker.default." + name + "=" + value));
		List<String> answered;
		try (JavaProcess program = JavaProcess.start(this.directory.resolve("voyeur.log"), VoyeurApplication.class,
				arguments.toArray(String[]::new))) {
			await().atMost(PATIENCE).until(voyeur::isUp);
			try (Requests requests = new Requests(voyeur, profile)) {
				await().atMost(PATIENCE).until(() -> requests.answered().size() >= REQUESTS || !program.isAlive());
				answered = requests.stop();
			}
			await().atMost(PATIENCE).untilAsserted(() -> {
				assertThat(voyeur.clicks()).isEqualTo(answered.size());
				assertThat(voyeur.trends()).isEqualTo(answered.size());
			});
		}
		assertThat(answered).hasSizeGreaterThanOrEqualTo(REQUESTS);
		JdbcClient database = JdbcClient.create(new DriverManagerDataSource(databaseUrl(), "voyeur", "voyeur"));
		assertThat(database.sql("select uri from clicks").query(String.class).list())
			.containsExactlyInAnyOrderElementsOf(answered);
		assertThat(database.sql("select id from trend_events").query(String.class).list())
			.containsExactlyInAnyOrderElementsOf(database.sql("select id from clicks").query(String.class).list());
	}

	private String databaseUrl() {
		return "jdbc:h2:file:" + this.directory.resolve("voyeur")
				+ ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0;RETENTION_TIME=0;DB_CLOSE_ON_EXIT=FALSE";
	}

}
