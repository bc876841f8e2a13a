package org.activemessaging.outbox;

import java.time.Duration;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the lease.
 */
class LeaseTests {

	private final JdbcTemplate jdbc = new JdbcTemplate(
			new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1"));

	@BeforeEach
	void createTables() {
		new ResourceDatabasePopulator(new ClassPathResource("org/activemessaging/jdbc/schema-h2.sql"))
			.execute(this.jdbc.getDataSource());
	}

	@AfterEach
	void dropDatabase() {
		this.jdbc.execute("DROP ALL OBJECTS");
	}

	@Test
	void oneHoldsAnotherDoesNot() {
		Lease one = lease("one", Duration.ofHours(1));
		Lease other = lease("other", Duration.ofHours(1));
		assertThat(one.hold()).isTrue();
		assertThat(other.hold()).isFalse();
		assertThat(one.hold()).isTrue();
	}

	@Test
	void givenBackItIsFreeAtOnce() {
		Lease one = lease("one", Duration.ofHours(1));
		Lease other = lease("other", Duration.ofHours(1));
		one.hold();
		one.release();
		assertThat(other.hold()).isTrue();
		assertThat(one.hold()).isFalse();
	}

	@Test
	void renewedItIsKept() {
		Lease one = lease("one", Duration.ofMillis(600));
		Lease other = lease("other", Duration.ofMillis(600));
		one.hold();
		await().during(Duration.ofSeconds(2))
			.atMost(Duration.ofSeconds(3))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> one.hold() && !other.hold());
	}

	@Test
	void afterADeathItIsTakenOverAndTheDeadOneNoticesWhenItComesBack() {
		Lease one = lease("one", Duration.ofMillis(300));
		Lease other = lease("other", Duration.ofMillis(300));
		one.hold();
		assertThat(other.hold()).isFalse();
		long start = System.nanoTime();
		await().pollInterval(Duration.ofMillis(10)).until(other::hold);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(280));
		assertThat(one.hold()).isFalse();
		one.release();
		assertThat(other.hold()).isTrue();
	}

	@Test
	void ownRowIsTakenBackAtOnce() {
		lease("one", Duration.ofHours(1)).hold();
		assertThat(lease("one", Duration.ofHours(1)).hold()).isTrue();
	}

	private Lease lease(String owner, Duration duration) {
		return new Lease(this.jdbc, "x", owner, duration);
	}

}
