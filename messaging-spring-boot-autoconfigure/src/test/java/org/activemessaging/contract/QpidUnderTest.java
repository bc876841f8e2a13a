package org.activemessaging.contract;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.QueueConnection;
import jakarta.jms.QueueRequestor;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.broker.Capability;
import org.activemessaging.broker.jms.JmsAdapter;
import org.activemessaging.broker.jms.JmsOptions;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.apache.activemq.artemis.api.jms.management.JMSManagementHelper;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;

/**
 * Artemis by AMQP 1.0, with Qpid JMS and the adapter for any provider.
 */
public final class QpidUnderTest implements BrokerUnderTest {

	private static final String GROUP_QUEUE = "Consumer.{group}.VirtualTopic.{topic}";

	private final ArtemisUnderTest artemis;

	/**
	 * Creates a broker that is not started yet.
	 * @param directory where its journal and its log are
	 * @param options what {@link ArtemisMain} knows
	 */
	public QpidUnderTest(Path directory, String... options) {
		String[] all = new String[options.length + 1];
		all[0] = "amqp";
		System.arraycopy(options, 0, all, 1, options.length);
		this.artemis = new ArtemisUnderTest(directory, all);
	}

	@Override
	public BrokerAdapter adapter() {
		return JmsAdapter.ofClass("default", JmsConnectionFactory.class.getName(), getClass().getClassLoader(),
				new JmsOptions(null, GROUP_QUEUE,
						Set.of(Capability.BROWSE, Capability.MESSAGE_GROUPS, Capability.PRIORITY)));
	}

	@Override
	public void start() {
		this.artemis.start();
	}

	@Override
	public void kill() {
		this.artemis.kill();
	}

	@Override
	public String url() {
		return "amqp://localhost:" + this.artemis.amqpPort();
	}

	@Override
	public Map<String, String> properties() {
		return with(this.artemis.properties());
	}

	@Override
	public Map<String, String> propertiesWithoutPermission(String queue) {
		return with(this.artemis.propertiesWithoutPermission(queue));
	}

	@Override
	public Map<String, String> propertiesOfAStranger() {
		return with(this.artemis.propertiesOfAStranger());
	}

	private static Map<String, String> with(Map<String, String> credentials) {
		Map<String, String> properties = new LinkedHashMap<>(credentials);
		properties.put("connection-factory", JmsConnectionFactory.class.getName());
		properties.put("jms.group-queue", GROUP_QUEUE);
		properties.put("jms.capabilities", "browse,message-groups,priority");
		return properties;
	}

	/**
	 * Has the broker copy each message of a virtual topic to the queue of a group, as its
	 * administrator would.
	 */
	@Override
	public void provide(String virtualTopic, String group) {
		String queue = "Consumer." + group + ".VirtualTopic." + virtualTopic;
		manage("createAddress", "VirtualTopic." + virtualTopic, "MULTICAST");
		manage("createQueue", "{\"name\": \"" + queue + "\", \"address\": \"" + queue
				+ "\", \"routing-type\": \"ANYCAST\", \"durable\": true, \"auto-delete\": false}");
		manage("createDivert", "to-" + queue, "to-" + queue, "VirtualTopic." + virtualTopic, queue, false, null, null,
				"{}", "ANYCAST");
	}

	private void manage(String operation, Object... parameters) {
		Map<String, String> admin = ArtemisUnderTest.credentials(ArtemisMain.ADMIN);
		try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(this.artemis.url());
				QueueConnection connection = factory.createQueueConnection(admin.get("user"), admin.get("password"))) {
			connection.start();
			QueueSession session = connection.createQueueSession(false, Session.AUTO_ACKNOWLEDGE);
			Queue management = session.createQueue("activemq.management");
			QueueRequestor requestor = new QueueRequestor(session, management);
			Message request = session.createMessage();
			JMSManagementHelper.putOperationInvocation(request, ResourceNames.BROKER, operation, parameters);
			Message reply = requestor.request(request);
			if (!JMSManagementHelper.hasOperationSucceeded(reply)
					&& !String.valueOf(JMSManagementHelper.getResult(reply)).contains("already exist")) {
				throw new IllegalStateException(operation + ": " + JMSManagementHelper.getResult(reply));
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A connection that knows nothing of this library, started.
	 */
	public Connection connect() throws JMSException {
		Map<String, String> credentials = this.artemis.properties();
		Connection connection = new JmsConnectionFactory(url()).createConnection(credentials.get("user"),
				credentials.get("password"));
		connection.start();
		return connection;
	}

	@Override
	public void close() {
		this.artemis.close();
	}

}
