package org.activemessaging.samples.voyeur;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * Gives every page the {@link Navigation}.
 */
@ControllerAdvice
@EnableConfigurationProperties(Navigation.class)
final class NavigationAdvice {

	private final Navigation navigation;

	NavigationAdvice(Navigation navigation) {
		this.navigation = navigation;
	}

	@ModelAttribute
	Navigation navigation() {
		return this.navigation;
	}

}
