package org.activemessaging.samples.transcoder.broker;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The broker that the profile {@code broker} brings.
 *
 * @param url where it listens
 * @param directory where it keeps its messages
 */
@ConfigurationProperties("transcoder.broker")
record BrokerProperties(@DefaultValue("tcp://localhost:61616") String url,
		@DefaultValue("./data/broker") Path directory) {

}
