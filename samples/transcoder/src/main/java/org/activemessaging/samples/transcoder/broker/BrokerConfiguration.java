package org.activemessaging.samples.transcoder.broker;

import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.plugin.StatisticsBrokerPlugin;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * An ActiveMQ broker that other processes of this machine reach.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BrokerProperties.class)
@Profile("broker")
class BrokerConfiguration {

	@Bean(initMethod = "start", destroyMethod = "stop")
	BrokerService broker(BrokerProperties properties) throws Exception {
		BrokerService broker = new BrokerService();
		broker.setBrokerName("transcoder");
		broker.setUseJmx(false);
		broker.setUseShutdownHook(false);
		broker.setDataDirectoryFile(properties.directory().toFile());
		broker.setPlugins(new BrokerPlugin[] { new StatisticsBrokerPlugin() });
		broker.addConnector(properties.url());
		return broker;
	}

}
