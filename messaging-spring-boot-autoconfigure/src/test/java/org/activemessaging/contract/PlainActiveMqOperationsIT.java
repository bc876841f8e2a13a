package org.activemessaging.contract;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * The operations on an ActiveMQ Classic without plugins, and without JMX as all brokers
 * of these tests.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlainActiveMqOperationsIT extends OperationsArea {

	private final ContractRun plain = new ContractRun(TestedBroker.ACTIVEMQ, ActiveMqUnderTest::withoutPlugins);

	@BeforeAll
	void usePlainBroker() {
		use(this.plain);
		this.plain.start();
	}

	@AfterAll
	void stop() throws InterruptedException {
		this.plain.notApplicable("report", "not part of it");
		this.plain.close();
	}

}
