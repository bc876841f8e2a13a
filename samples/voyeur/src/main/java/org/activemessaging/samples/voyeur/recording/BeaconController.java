package org.activemessaging.samples.voyeur.recording;

import java.time.Clock;
import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import org.activemessaging.samples.voyeur.stream.ComponentFailure;
import org.activemessaging.samples.voyeur.stream.DataStream;
import org.activemessaging.samples.voyeur.stream.MouseTrack;
import org.activemessaging.samples.voyeur.stream.Stenographer;
import org.activemessaging.samples.voyeur.stream.StreamEvent;

import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes what the script of a page reports.
 */
@RestController
@RequestMapping("/beacon")
@Profile("!analytics")
final class BeaconController {

	private static final int COMPONENT_LENGTH = 60;

	private static final int PAGE_LENGTH = 200;

	private static final int MESSAGE_LENGTH = 500;

	private final Stenographer stenographer;

	private final Clock clock;

	BeaconController(Stenographer stenographer) {
		this.stenographer = stenographer;
		this.clock = Clock.systemUTC();
	}

	@PostMapping("/mouse")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void mouse(@RequestAttribute(Visitor.ATTRIBUTE) Visitor visitor, @RequestBody @Valid MouseReport report) {
		List<MouseTrack.Point> points = report.points().stream().map(ReportedPoint::toPoint).toList();
		this.stenographer.record(DataStream.MOUSESTREAM, new MouseTrack(visitor.sessionId(),
				StreamEvent.text(report.page(), PAGE_LENGTH), points, this.clock.instant()));
	}

	@PostMapping("/component-error")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void componentError(@RequestAttribute(Visitor.ATTRIBUTE) Visitor visitor,
			@RequestBody @Valid ComponentErrorReport report) {
		this.stenographer.record(DataStream.COMPONENTERRORSTREAM,
				new ComponentFailure(visitor.sessionId(), StreamEvent.text(report.component(), COMPONENT_LENGTH),
						StreamEvent.text(report.page(), PAGE_LENGTH),
						StreamEvent.text(report.message(), MESSAGE_LENGTH), this.clock.instant()));
	}

	/**
	 * A piece of the way of the mouse.
	 *
	 * @param page the path of the page
	 * @param points where the mouse was
	 */
	record MouseReport(@NotBlank @Size(max = PAGE_LENGTH) String page,
			@NotEmpty @Size(max = 200) List<@Valid ReportedPoint> points) {

	}

	/**
	 * Where the mouse was.
	 *
	 * @param x thousandths of the width of the window
	 * @param y thousandths of the height of the window
	 */
	record ReportedPoint(@Min(0) @Max(MouseTrack.EXTENT) int x, @Min(0) @Max(MouseTrack.EXTENT) int y) {

		MouseTrack.Point toPoint() {
			return new MouseTrack.Point(this.x, this.y);
		}

	}

	/**
	 * An error in the browser.
	 *
	 * @param component the component of the page that failed
	 * @param page the path of the page
	 * @param message what went wrong
	 */
	record ComponentErrorReport(@NotBlank @Size(max = COMPONENT_LENGTH) String component,
			@NotBlank @Size(max = PAGE_LENGTH) String page, @NotBlank @Size(max = MESSAGE_LENGTH) String message) {

	}

}
