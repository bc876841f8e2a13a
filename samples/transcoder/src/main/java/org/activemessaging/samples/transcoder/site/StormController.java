package org.activemessaging.samples.transcoder.site;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The button that begins a storm.
 */
@RestController
@Profile("!encoders")
final class StormController {

	private final Storm storm;

	StormController(Storm storm) {
		this.storm = storm;
	}

	@PostMapping("/storm")
	ResponseEntity<Void> begin(@RequestParam(defaultValue = "50") @Min(1) @Max(500) int clips) {
		return ResponseEntity.status(this.storm.begin(clips) ? HttpStatus.ACCEPTED : HttpStatus.CONFLICT).build();
	}

}
