package org.activemessaging.samples.transcoder.datastore;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the videos are.
 *
 * @param directory the folder, which the site and all encoders share
 */
@ConfigurationProperties("transcoder.datastore")
record DatastoreProperties(@DefaultValue("./data/videos") Path directory) {

}
