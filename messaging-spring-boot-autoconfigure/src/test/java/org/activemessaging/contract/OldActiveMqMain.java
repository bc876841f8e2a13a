package org.activemessaging.contract;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * ActiveMQ Classic from before Jakarta Messaging, with a journal on disk. Runs in a JVM
 * of its own on a class path of its own, so it knows the broker by reflection only and
 * uses nothing of this project. Started with a port and a folder; with the options of the
 * published distribution: no statistics plugin, no scheduler.
 */
final class OldActiveMqMain {

	private OldActiveMqMain() {
	}

	public static void main(String[] arguments) throws Exception {
		Object broker = Class.forName("org.apache.activemq.broker.BrokerService").getConstructor().newInstance();
		set(broker, "setBrokerName", String.class, "old");
		set(broker, "setUseJmx", boolean.class, false);
		set(broker, "setDataDirectory", String.class, new File(arguments[1], "data").getPath());
		Object store = broker.getClass().getMethod("getPersistenceAdapter").invoke(broker);
		set(store, "setJournalMaxFileLength", int.class, 4 << 20);
		broker.getClass()
			.getMethod("addConnector", String.class)
			.invoke(broker, "tcp://localhost:" + arguments[0] + "?maximumConnections=1000"
					+ "&wireFormat.maxFrameSize=104857600");
		Object version = Class.forName("org.apache.activemq.ActiveMQConnectionMetaData")
			.getField("PROVIDER_VERSION")
			.get(null);
		Files.writeString(Path.of(arguments[1], "version"), version.toString());
		broker.getClass().getMethod("start").invoke(broker);
		new CountDownLatch(1).await();
	}

	private static void set(Object target, String method, Class<?> type, Object value) throws Exception {
		target.getClass().getMethod(method, type).invoke(target, value);
	}

}
