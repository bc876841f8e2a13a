package org.activemessaging.samples.voyeur;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;

/**
 * Leads to the pages that another process has.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Navigation.class)
class Redirects {

	@Bean
	@Profile("web")
	WebMvcConfigurer dashboardRedirect(Navigation navigation) {
		return redirect("/voyeur", navigation.dashboardUrl());
	}

	@Bean
	@Profile("analytics")
	WebMvcConfigurer searchRedirect(Navigation navigation) {
		return redirect("/", navigation.dashboardUrl());
	}

	private static WebMvcConfigurer redirect(String path, String url) {
		return new WebMvcConfigurer() {

			@Override
			public void addViewControllers(ViewControllerRegistry registry) {
				registry.addRedirectViewController(path, url);
			}

		};
	}

}
