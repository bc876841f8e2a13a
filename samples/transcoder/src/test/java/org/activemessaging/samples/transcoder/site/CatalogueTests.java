package org.activemessaging.samples.transcoder.site;

import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import org.activemessaging.samples.transcoder.video.Encoding;
import org.activemessaging.samples.transcoder.video.EncodingProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Catalogue}.
 */
class CatalogueTests {

	private final DataSource dataSource = new DriverManagerDataSource(
			"jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");

	private final Catalogue catalogue = new Catalogue(JdbcClient.create(this.dataSource));

	private final UUID video = UUID.randomUUID();

	@BeforeEach
	void addVideo() {
		new ResourceDatabasePopulator(new ClassPathResource("schema.sql")).execute(this.dataSource);
		this.catalogue.add(this.video, "Moonwalk", 42);
	}

	@Test
	void newVideoWaitsInAllProfiles() {
		assertThat(this.catalogue.hasWaiting()).isTrue();
		assertThat(this.catalogue.totals()).isEqualTo(new Totals(1, 2, 0, 0));
		assertThat(this.catalogue.newest(10)).singleElement().satisfies((found) -> {
			assertThat(found.title()).isEqualTo("Moonwalk");
			assertThat(found.forms()).extracting(Video.Form::state)
				.containsExactly(Video.State.WAITING, Video.State.WAITING);
		});
	}

	@Test
	void encodingThatIsToldTwiceIsKnownOnce() {
		assertThat(this.catalogue.complete(encoding("first"))).isTrue();
		assertThat(this.catalogue.complete(encoding("second"))).isFalse();
		assertThat(form(EncodingProfile.PHONE).encoder()).isEqualTo("first");
		assertThat(this.catalogue.totals()).isEqualTo(new Totals(1, 1, 1, 0));
	}

	@Test
	void failureHasItsCauseAndIsForgottenAfterSuccess() {
		assertThat(this.catalogue.fail(this.video, EncodingProfile.PHONE, "not a video")).isTrue();
		assertThat(this.catalogue.fail(this.video, EncodingProfile.PHONE, "not a video")).isFalse();
		assertThat(form(EncodingProfile.PHONE).cause()).isEqualTo("not a video");
		assertThat(this.catalogue.complete(encoding("redriven"))).isTrue();
		assertThat(form(EncodingProfile.PHONE).cause()).isNull();
		assertThat(this.catalogue.fail(this.video, EncodingProfile.PHONE, "late")).isFalse();
		assertThat(form(EncodingProfile.PHONE).state()).isEqualTo(Video.State.DONE);
	}

	@Test
	void newestComeFirstAndNotAll() {
		UUID newer = UUID.randomUUID();
		this.catalogue.add(newer, "Robot", 1);
		assertThat(this.catalogue.newest(1)).extracting(Video::id).isEqualTo(List.of(newer));
		assertThat(this.catalogue.newest(2)).extracting(Video::id).isEqualTo(List.of(newer, this.video));
		this.catalogue.complete(encoding("encoder"));
		assertThat(this.catalogue.newest(2)).extracting(Video::id).isEqualTo(List.of(this.video, newer));
	}

	private Encoding encoding(String encoder) {
		return new Encoding(this.video, EncodingProfile.PHONE, encoder, 640, 360, 1000, 6, 1.5);
	}

	private Video.Form form(EncodingProfile profile) {
		return this.catalogue.newest(1)
			.get(0)
			.forms()
			.stream()
			.filter((form) -> form.profile() == profile)
			.findFirst()
			.orElseThrow();
	}

}
