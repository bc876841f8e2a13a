package org.activemessaging.samples.voyeur.recording;

import java.util.List;

import org.activemessaging.samples.voyeur.stream.ComponentFailure;
import org.activemessaging.samples.voyeur.stream.DataStream;
import org.activemessaging.samples.voyeur.stream.MouseTrack;
import org.activemessaging.samples.voyeur.stream.Stenographer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link BeaconController}.
 */
@WebMvcTest(BeaconController.class)
class BeaconControllerTests {

	@Autowired
	private MockMvcTester mvc;

	@MockitoBean
	private Stenographer stenographer;

	@Test
	void mouseTrackIsRecorded() {
		assertThat(post("/beacon/mouse", """
				{"page": "/", "points": [{"x": 0, "y": 1000}, {"x": 500, "y": 20}]}"""))
			.hasStatus(HttpStatus.NO_CONTENT);
		List<MouseTrack.Point> points = List.of(new MouseTrack.Point(0, 1000), new MouseTrack.Point(500, 20));
		then(this.stenographer).should()
			.record(eq(DataStream.MOUSESTREAM),
					argThat((event) -> event instanceof MouseTrack track && track.points().equals(points)));
	}

	@Test
	void beaconIsNoClick() {
		assertThat(post("/beacon/mouse", """
				{"page": "/", "points": [{"x": 1, "y": 1}]}""")).hasStatus(HttpStatus.NO_CONTENT);
		then(this.stenographer).should(never()).record(eq(DataStream.CLICKSTREAM), any());
	}

	@Test
	void componentErrorIsRecorded() {
		assertThat(post("/beacon/component-error", """
				{"component": "reader", "page": "/", "message": "no voice"}""")).hasStatus(HttpStatus.NO_CONTENT);
		then(this.stenographer).should()
			.record(eq(DataStream.COMPONENTERRORSTREAM), argThat(
					(event) -> event instanceof ComponentFailure failure && failure.component().equals("reader")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"page\": \"/\", \"points\": []}",
			"{\"page\": \"/\", \"points\": [{\"x\": 1001, \"y\": 1}]}",
			"{\"page\": \"/\", \"points\": [{\"x\": -1, \"y\": 1}]}", "nonsense" })
	void trackThatIsNoneIsRefused(String body) {
		assertThat(post("/beacon/mouse", body)).hasStatus(HttpStatus.BAD_REQUEST);
		then(this.stenographer).should(never()).record(eq(DataStream.MOUSESTREAM), any());
	}

	private MvcTestResult post(String uri, String body) {
		return this.mvc.post().uri(uri).contentType(MediaType.APPLICATION_JSON).content(body).exchange();
	}

}
