package org.activemessaging.contract;

import java.nio.file.Path;
import java.util.function.Function;

/**
 * The brokers that the contract is held against. To add one, add it here, and a class
 * named {@code <Name>ContractIT} like {@link ActiveMqContractIT}, or
 * {@code <Name>ContractTests} if it needs no process of its own.
 */
enum TestedBroker {

	/**
	 * ActiveMQ Classic by its own client.
	 */
	ACTIVEMQ("ActiveMQ Classic", ActiveMqUnderTest::new),

	/**
	 * Artemis by its own client.
	 */
	ARTEMIS("Artemis", ArtemisUnderTest::new),

	/**
	 * RabbitMQ by AMQP 0-9-1, with quorum queues.
	 */
	RABBITMQ("RabbitMQ", RabbitMqUnderTest::new),

	/**
	 * RabbitMQ with classic queues.
	 */
	RABBITMQ_CLASSIC("RabbitMQ, classic queues", RabbitMqUnderTest::withClassicQueues),

	/**
	 * ElasticMQ in place of Amazon SQS.
	 */
	SQS("Amazon SQS", SqsUnderTest::new),

	/**
	 * ActiveMQ Classic by STOMP.
	 */
	STOMP("STOMP to ActiveMQ", StompUnderTest::activeMq),

	/**
	 * Artemis by STOMP.
	 */
	STOMP_ARTEMIS("STOMP to Artemis", StompUnderTest::artemis),

	/**
	 * RabbitMQ by STOMP.
	 */
	STOMP_RABBITMQ("STOMP to RabbitMQ", StompUnderTest::rabbitMq),

	/**
	 * Artemis by AMQP 1.0, with Qpid JMS and the adapter for any provider.
	 */
	JMS("Qpid JMS to Artemis", QpidUnderTest::new),

	/**
	 * The broker in the JVM, which needs no process and no disk.
	 */
	MEMORY("memory", (directory) -> new MemoryUnderTest());

	private final String title;

	private final Function<Path, BrokerUnderTest> factory;

	TestedBroker(String title, Function<Path, BrokerUnderTest> factory) {
		this.title = title;
		this.factory = factory;
	}

	/**
	 * The column of the matrix.
	 */
	String title() {
		return this.title;
	}

	/**
	 * Creates the broker without starting it.
	 * @param directory an empty folder for what it stores
	 */
	BrokerUnderTest create(Path directory) {
		return this.factory.apply(directory);
	}

}
