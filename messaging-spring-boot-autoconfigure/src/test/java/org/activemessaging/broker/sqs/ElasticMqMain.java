package org.activemessaging.broker.sqs;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * A service that speaks like SQS, in a JVM of its own. Started with a port and a file.
 */
public final class ElasticMqMain {

	private ElasticMqMain() {
	}

	public static void main(String[] arguments) throws InterruptedException {
		ElasticMq.start(Integer.parseInt(arguments[0]), Path.of(arguments[1]));
		new CountDownLatch(1).await();
	}

}
