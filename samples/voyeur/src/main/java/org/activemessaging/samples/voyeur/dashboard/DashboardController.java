package org.activemessaging.samples.voyeur.dashboard;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * The dashboard and its data.
 */
@Controller
@Profile("!web")
final class DashboardController {

	private final TrafficReader traffic;

	DashboardController(TrafficReader traffic) {
		this.traffic = traffic;
	}

	@GetMapping("/voyeur")
	String dashboard() {
		return "voyeur";
	}

	@GetMapping("/voyeur/data")
	@ResponseBody
	Traffic data() {
		return this.traffic.read();
	}

}
