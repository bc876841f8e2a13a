package org.activemessaging.samples.voyeur;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.activemessaging.flow.BrokerProcess;
import org.activemessaging.samples.broker.JavaProcess;
import org.activemessaging.samples.voyeur.process.Requests;
import org.activemessaging.samples.voyeur.process.VoyeurClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The web application, the analytics and the broker, each in a process of its own. A
 * request that was answered has its click at the broker; whatever happens to the
 * analytics, it becomes one row in each group.
 */
@Timeout(240)
class VoyeurKillIT {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int REQUESTS = 600;

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private static Path directory;

	private static BrokerProcess broker;

	private static JavaProcess web;

	private static VoyeurClient pages;

	@BeforeAll
	static void startBrokerAndWeb() {
		broker = new BrokerProcess(directory);
		broker.start();
		int port = JavaProcess.freePort();
		web = JavaProcess.start(directory.resolve("web.log"), VoyeurApplication.class, "--spring.profiles.active=web",
				"--voyeur.stenographer.mode=synchronous", "--server.port=" + port, brokerUrl());
		pages = new VoyeurClient(port);
		await().atMost(PATIENCE).until(pages::isUp);
	}

	@AfterAll
	static void stopBrokerAndWeb() {
		if (web != null) {
			web.close();
		}
		broker.close();
	}

	@Test
	void everyAnsweredRequestIsOneRowInEachGroupWhenAnalyticsAreKilled() {
		int port = JavaProcess.freePort();
		VoyeurClient dashboard = new VoyeurClient(port);
		List<String> answered;
		try (JavaProcess analytics = analytics("killed", port); Requests requests = new Requests(pages, "killed")) {
			long before = 0;
			for (int kill = 0; kill < 2; kill++) {
				long rows = before + 50;
				await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> dashboard.clicks() >= rows);
				before = dashboard.clicks();
				analytics.restart();
			}
			await().atMost(PATIENCE).until(() -> requests.answered().size() >= REQUESTS);
			answered = requests.stop();
			await().atMost(PATIENCE).untilAsserted(() -> {
				assertThat(dashboard.clicks()).isEqualTo(answered.size());
				assertThat(dashboard.trends()).isEqualTo(answered.size());
			});
		}
		assertThat(answered).hasSizeGreaterThanOrEqualTo(REQUESTS);
		JdbcClient database = database("killed");
		assertThat(database.sql("select uri from clicks").query(String.class).list())
			.containsExactlyInAnyOrderElementsOf(answered);
		assertThat(database.sql("select id from trend_events").query(String.class).list())
			.containsExactlyInAnyOrderElementsOf(ids(database));
		assertThat(database.sql("select sum(clicks) from trends").query(Long.class).single())
			.isEqualTo(answered.size());
		report("killed twice", answered.size(), ids(database).size());
	}

	@Test
	void twoAnalyticsOfOneGroupShareTheLoadAndTheSecondGroupGetsEverything() {
		int firstPort = JavaProcess.freePort();
		int secondPort = JavaProcess.freePort();
		VoyeurClient first = new VoyeurClient(firstPort);
		VoyeurClient second = new VoyeurClient(secondPort);
		List<String> answered;
		try (JavaProcess one = analytics("first", firstPort); JavaProcess other = analytics("second", secondPort)) {
			await().atMost(PATIENCE).until(() -> first.isUp() && second.isUp());
			try (Requests requests = new Requests(pages, "shared")) {
				await().atMost(PATIENCE).until(() -> requests.answered().size() >= REQUESTS);
				answered = requests.stop();
			}
			await().atMost(PATIENCE).untilAsserted(() -> {
				assertThat(first.clicks() + second.clicks()).isEqualTo(answered.size());
				assertThat(first.trends() + second.trends()).isEqualTo(answered.size());
			});
			assertThat(first.clicks()).isPositive();
			assertThat(second.clicks()).isPositive();
			assertThat(one.isAlive()).isTrue();
			assertThat(other.isAlive()).isTrue();
		}
		List<String> uris = Stream.of("first", "second")
			.flatMap((name) -> database(name).sql("select uri from clicks").query(String.class).list().stream())
			.toList();
		assertThat(uris).containsExactlyInAnyOrderElementsOf(answered);
		assertThat(Stream.of("first", "second")
			.flatMap((name) -> database(name).sql("select id from trend_events").query(String.class).list().stream()))
			.containsExactlyInAnyOrderElementsOf(
					Stream.of("first", "second").flatMap((name) -> ids(database(name)).stream()).toList());
		report("shared", ids(database("first")).size(), ids(database("second")).size());
	}

	private static JavaProcess analytics(String name, int port) {
		return JavaProcess.start(directory.resolve(name + ".log"), VoyeurApplication.class,
				"--spring.profiles.active=analytics", "--server.port=" + port, brokerUrl(),
				"--spring.datasource.url=" + databaseUrl(name));
	}

	private static String brokerUrl() {
		return "--messaging.broker.default.url=" + broker.url();
	}

	private static String databaseUrl(String name) {
		return "jdbc:h2:file:" + directory.resolve(name)
				+ ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0;RETENTION_TIME=0;DB_CLOSE_ON_EXIT=FALSE";
	}

	private static JdbcClient database(String name) {
		return JdbcClient.create(new DriverManagerDataSource(databaseUrl(name), "voyeur", "voyeur"));
	}

	private static List<String> ids(JdbcClient database) {
		return database.sql("select id from clicks").query(String.class).list();
	}

	private static void report(String what, Object... numbers) {
		System.out.println(what + ": " + List.of(numbers));
	}

}
