package org.activemessaging.samples.voyeur.process;

import java.io.File;

import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.store.kahadb.KahaDBPersistenceAdapter;

/**
 * An ActiveMQ broker with its journal on disk, as a program. Arguments: the port and the
 * directory.
 */
public final class BrokerProcess {

	private BrokerProcess() {
	}

	public static void main(String[] args) throws Exception {
		KahaDBPersistenceAdapter persistence = new KahaDBPersistenceAdapter();
		persistence.setDirectory(new File(args[1], "kahadb"));
		BrokerService broker = new BrokerService();
		broker.setBrokerName("voyeur");
		broker.setUseJmx(false);
		broker.setDataDirectory(args[1]);
		broker.setPersistenceAdapter(persistence);
		broker.addConnector("tcp://localhost:" + args[0]);
		broker.start();
		broker.waitUntilStopped();
	}

}
