package org.activemessaging.samples.voyeur;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the pages are, as seen by a browser: in two processes they have two addresses.
 *
 * @param searchUrl the address of the search page
 * @param dashboardUrl the address of the dashboard
 */
@ConfigurationProperties("voyeur.navigation")
public record Navigation(@DefaultValue("/") String searchUrl, @DefaultValue("/voyeur") String dashboardUrl) {

}
