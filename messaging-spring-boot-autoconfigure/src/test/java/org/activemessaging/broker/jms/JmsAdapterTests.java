package org.activemessaging.broker.jms;

import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;

import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;

import com.ibm.mq.jakarta.jms.MQConnectionFactory;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.Capability;
import org.activemessaging.broker.Support;
import org.activemessaging.broker.Tls;
import org.activemessaging.flow.BrokerProcess;
import org.activemessaging.flow.Flow;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

/**
 * Tests for {@link JmsAdapter}.
 */
class JmsAdapterTests {

	private static final String SECRET = "xyzzy-tiger";

	private static final String QPID = JmsConnectionFactory.class.getName();

	private static final String IBM_MQ = MQConnectionFactory.class.getName();

	private static final Map<String, String> QUEUE_MANAGER = Map.of("host-name", "localhost", "port", "1", "channel",
			"APP.SVRCONN", "queue-manager", "QM1", "transport-type", "1");

	@AfterEach
	void forgetNames() {
		System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
		Names.bound = null;
	}

	// The class

	@ParameterizedTest
	@CsvSource({ "org.apache.qpid.jms.JmsConectionFactory, org.apache.qpid:qpid-jms-client",
			"com.ibm.mq.jakarta.jms.Nothing, com.ibm.mq:com.ibm.mq.jakarta.client",
			"com.solacesystems.jms.SolConnectionFactoryImpl, com.solacesystems:sol-jms-jakarta",
			"com.datastax.oss.pulsar.jms.PulsarConnectionFactory, com.datastax.oss:pulsar-jms-all",
			"com.acme.Nothing, the provider's client" })
	void missingClassIsNamedWithWhatToAdd(String className, String client) {
		assertThatExceptionOfType(MessagingConfigurationException.class).isThrownBy(() -> adapter(className))
			.withMessageContaining(className)
			.withMessageContaining("'messaging.broker.analytics.connection-factory'")
			.satisfies((ex) -> assertThat(ex.getAction()).contains(client));
	}

	@Test
	void classThatIsNoConnectionFactoryIsRefused() {
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> adapter(String.class.getName()))
			.withMessageContaining("java.lang.String")
			.withMessageContaining("is no jakarta.jms.ConnectionFactory");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void clientOfTheOldApiIsRefused(boolean withTheOldApi) throws Exception {
		Path jars = Path.of("target", "activemq-5.18");
		URL client = jars.resolve("activemq-client-5.18.7.jar").toUri().toURL();
		URL api = jars.resolve("jakarta.jms-api-2.0.3.jar").toUri().toURL();
		URL log = jars.resolve("slf4j-api-2.0.13.jar").toUri().toURL();
		try (URLClassLoader old = new URLClassLoader(
				withTheOldApi ? new URL[] { client, api, log } : new URL[] { client, log },
				ClassLoader.getPlatformClassLoader())) {
			assertThatExceptionOfType(MessagingConfigurationException.class)
				.isThrownBy(() -> JmsAdapter.ofClass("analytics", "org.apache.activemq.ActiveMQConnectionFactory", old,
						JmsOptions.NONE))
				.withMessageContaining("implements javax.jms")
				.satisfies((ex) -> assertThat(ex.getAction()).contains("jakarta client"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "WithoutConstructor, no public constructor without parameters", "Failing, its constructor fails" })
	void classThatCannotBeInstantiatedIsRefused(String simpleName, String reason) {
		String className = getClass().getName() + "$" + simpleName;
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> adapter(className).createConnectionFactory(profile("class:" + simpleName, Map.of())))
			.withMessageContaining(className)
			.withMessageContaining(reason)
			.withMessageNotContaining(SECRET)
			.satisfies((ex) -> assertThat(ex.getAction()).contains("'bean:<name>'"));
	}

	// Its properties

	@Test
	void propertiesAreThoseOfTheBeanInAnySpelling() throws Exception {
		JmsConnectionFactory factory = (JmsConnectionFactory) ProviderClass.load("analytics", QPID, loader())
			.create(profile("amqp://mq:5672?jms.clientIDPrefix=x", Map.of("local-message-priority", "true",
					"prefetchPolicy.all", "7", "receive_local_only", "true", "connectTimeout", "1234")));
		assertThat(factory.getRemoteURI()).isEqualTo("amqp://mq:5672");
		assertThat(factory.getClientIDPrefix()).isEqualTo("x");
		assertThat(factory.isLocalMessagePriority()).isTrue();
		assertThat(factory.isReceiveLocalOnly()).isTrue();
		assertThat(factory.getConnectTimeout()).isEqualTo(1234);
		assertThat(factory.getPrefetchPolicy()).hasFieldOrPropertyWithValue("queuePrefetch", 7)
			.hasFieldOrPropertyWithValue("topicPrefetch", 7);
	}

	@ParameterizedTest
	@CsvSource({ "conect-timeout, connectTimeout", "prefetch-policy.al, all", "nonsense.all, nonsense.all",
			"remote-u-r-l, remoteURI" })
	void unknownPropertyIsNamed(String name, String expected) {
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> factory(QPID, "amqp://mq:5672", Map.of(name, SECRET)))
			.withMessageContaining("'messaging.broker.analytics.properties." + name + "'")
			.withMessageContaining(expected)
			.withMessageNotContaining(SECRET);
	}

	@Test
	void valueThatCannotBeConvertedIsNamedWithItsType() {
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> factory(QPID, "amqp://mq:5672", Map.of("connect-timeout", "soon")))
			.withMessageContaining("'soon'")
			.withMessageContaining("'messaging.broker.analytics.properties.connect-timeout'")
			.withMessageContaining("type long");
	}

	@Test
	void valueOfASecretIsNeverShown() {
		String className = WithSecret.class.getName();
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> factory(className, "class:WithSecret", Map.of("api-token", SECRET)))
			.withMessageContaining("'messaging.broker.analytics.properties.api-token'")
			.withMessageNotContaining(SECRET);
	}

	@Test
	void urlThatTheClassDoesNotTakeIsRefused() {
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> factory(IBM_MQ, "tcp://mq:1414", QUEUE_MANAGER))
			.withMessageContaining("'messaging.broker.analytics.url'")
			.satisfies((ex) -> assertThat(ex.getAction()).contains("'messaging.broker.analytics.properties'"));
	}

	@Test
	void wrongUrlIsRefused() {
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> factory(QPID, "amqp://mq:5672?jms.nonsense=1", Map.of()))
			.withMessageContaining("'messaging.broker.analytics.url'")
			.withMessageContaining("nonsense");
	}

	@Test
	void sslBundleIsAppliedWhereItIsKnownHow() {
		Tls tls = new Tls("mq", new KeyManager[0], new TrustManager[0]);
		BrokerProfile ibm = profile("class:MQConnectionFactory", QUEUE_MANAGER, tls);
		ConnectionFactory factory = ProviderClass.load("analytics", IBM_MQ, loader()).create(ibm);
		assertThat(((MQConnectionFactory) factory).getSSLSocketFactory()).isNotNull();
		ProviderClass.load("analytics", QPID, loader()).create(profile("amqps://mq:5671", Map.of(), tls));
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> ProviderClass.load("analytics", WithSecret.class.getName(), loader())
				.create(profile("class:WithSecret", Map.of(), tls)))
			.withMessageContaining("'messaging.broker.analytics.ssl.bundle'");
	}

	// Qpid JMS

	@ParameterizedTest
	@CsvSource({ "failover:(amqp://a:1), begins with 'failover:'",
			"amqp://mq:5672?jms.forceAsyncSend=true, forceAsyncSend" })
	void whatBreaksThePromiseIsRefused(String url, String expected) {
		assertThatExceptionOfType(MessagingConfigurationException.class).isThrownBy(() -> factory(QPID, url, Map.of()))
			.withMessageContaining(expected);
	}

	@Test
	void brokerThatNeverAnswersIsGivenUpInTime() throws Exception {
		try (ServerSocket silent = new ServerSocket(0)) {
			ConnectionFactory factory = adapter(QPID).createConnectionFactory(
					profile("amqp://localhost:" + silent.getLocalPort(), Map.of(), null, Duration.ofMillis(500)));
			long startedAt = System.nanoTime();
			assertThatExceptionOfType(JMSException.class).isThrownBy(factory::createConnection)
				.withMessageContaining("within 500 ms")
				.satisfies((ex) -> assertThat(adapter(QPID).isConnectionLost(ex)).isTrue());
			assertThat(Flow.since(startedAt)).isLessThan(Duration.ofSeconds(5));
		}
	}

	@Test
	void threadsThatWaitAreNotPiledUp() throws Exception {
		CountDownLatch never = new CountDownLatch(1);
		ConnectionFactory stuck = mock();
		given(stuck.createConnection(any(), any())).willAnswer((call) -> {
			never.await();
			return null;
		});
		ConnectionFactory factory = JmsAdapter.ofBean("analytics", stuck, JmsOptions.NONE)
			.createConnectionFactory(profile("bean:stuck", Map.of(), null, Duration.ofMillis(20)));
		try {
			for (int i = 0; i < 12; i++) {
				assertThatExceptionOfType(JMSException.class).isThrownBy(factory::createConnection);
			}
			assertThat(Thread.getAllStackTraces().keySet())
				.filteredOn((thread) -> thread.isAlive() && thread.getName().equals("messaging-connect-analytics"))
				.hasSizeLessThanOrEqualTo(8);
		}
		finally {
			never.countDown();
		}
	}

	@Test
	void connectionThatArrivesTooLateIsClosed() throws Exception {
		CountDownLatch given = new CountDownLatch(1);
		Connection late = mock();
		ConnectionFactory slow = mock();
		given(slow.createConnection(any(), any())).willAnswer((call) -> {
			boolean interrupted = false;
			while (given.getCount() > 0) {
				try {
					given.await();
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
			assertThat(interrupted).isTrue();
			return late;
		});
		ConnectionFactory factory = JmsAdapter.ofBean("analytics", slow, JmsOptions.NONE)
			.createConnectionFactory(profile("bean:slow", Map.of(), null, Duration.ofMillis(20)));
		assertThatExceptionOfType(JMSException.class).isThrownBy(factory::createConnection);
		given.countDown();
		Flow.eventually().untilAsserted(() -> verify(late).close());
	}

	@Test
	void credentialsOfTheProfileAreUsedAndNotShown() throws Exception {
		ConnectionFactory target = mock();
		Connection connection = mock();
		given(target.createConnection("scott", SECRET)).willReturn(connection);
		ConnectionFactory factory = JmsAdapter.ofBean("analytics", target, JmsOptions.NONE)
			.createConnectionFactory(profile("bean:mine", Map.of()));
		assertThat(factory.createConnection()).isSameAs(connection);
		assertThat(factory.toString()).doesNotContain(SECRET).contains("analytics");
	}

	// IBM MQ

	@Test
	void ibmMqIsSetUpByPropertiesAndByNames() throws Exception {
		Map<String, String> properties = new HashMap<>(QUEUE_MANAGER);
		properties.put("XMSC_WMQ_APPNAME", "voyeur");
		properties.put("XMSC_WMQ_PORT", "1415");
		properties.remove("port");
		MQConnectionFactory factory = (MQConnectionFactory) ProviderClass.load("analytics", IBM_MQ, loader())
			.create(profile("class:MQConnectionFactory", properties));
		assertThat(factory.getHostName()).isEqualTo("localhost");
		assertThat(factory.getPort()).isEqualTo(1415);
		assertThat(factory.getChannel()).isEqualTo("APP.SVRCONN");
		assertThat(factory.getQueueManager()).isEqualTo("QM1");
		assertThat(factory.getTransportType()).isEqualTo(1);
		assertThat(factory.getAppName()).isEqualTo("voyeur");
	}

	@ParameterizedTest
	@CsvSource({ "XMSC_WMQ_PORT, soon, JMSCC0005", "XMSC_WMQ_POTR, 1, brackets", "port, soon, int",
			"hostname2, x, brackets" })
	void wrongPropertyOfIbmMqIsNamed(String name, String value, String expected) {
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> factory(IBM_MQ, "class:MQConnectionFactory", Map.of(name, value)))
			.withMessageContaining("'messaging.broker.analytics.properties." + name + "'")
			.satisfies((ex) -> assertThat(ex.getMessage() + ex.getAction()).contains(expected));
	}

	@Test
	void queueManagerThatIsNotThereIsReportedInTime() {
		Map<String, String> properties = new HashMap<>(QUEUE_MANAGER);
		properties.put("port", String.valueOf(BrokerProcess.freePort()));
		ConnectionFactory factory = adapter(IBM_MQ)
			.createConnectionFactory(profile("class:MQConnectionFactory", properties, null, Duration.ofSeconds(10)));
		assertThatExceptionOfType(JMSException.class).isThrownBy(factory::createConnection)
			.withMessageContaining("JMSWMQ0018")
			.withMessageContaining("QM1")
			.withMessageNotContaining(SECRET)
			.satisfies((ex) -> assertThat(adapter(IBM_MQ).isConnectionLost(ex)).isTrue());
	}

	// JNDI

	@Test
	void nameIsLookedUpUntilItIsThere() throws Exception {
		System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Names.class.getName());
		ConnectionFactory target = mock();
		Connection connection = mock();
		given(target.createConnection("scott", SECRET)).willReturn(connection);
		ConnectionFactory factory = JmsAdapter.ofJndiName("analytics", "java:comp/env/jms/mq", JmsOptions.NONE)
			.createConnectionFactory(profile("java:comp/env/jms/mq", Map.of()));
		assertThatExceptionOfType(JMSException.class).isThrownBy(factory::createConnection)
			.withMessageContaining("'java:comp/env/jms/mq'")
			.withMessageContaining("'messaging.broker.analytics.connection-factory'");
		Names.bound = "text";
		assertThatExceptionOfType(JMSException.class).isThrownBy(factory::createConnection)
			.withMessageContaining("java.lang.String");
		Names.bound = target;
		assertThat(factory.createConnection()).isSameAs(connection);
		Names.bound = null;
		assertThat(factory.createConnection()).isSameAs(connection);
	}

	// What the broker can do

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			Consumer.{group}                                  | '{group}' and '{topic}'
			{topic}                                           | '{group}' and '{topic}'
			{group}.{topic}.{tenant}                          | nothing else in braces
			{group} {topic}                                   | nothing else in braces
			{topic}::{group}                                  | does not go to that queue alone
			""")
	void wrongGroupQueueIsRefused(String pattern, String expected) {
		assertThatExceptionOfType(MessagingConfigurationException.class).isThrownBy(() -> adapter(pattern, Set.of()))
			.withMessageContaining("'messaging.broker.analytics.jms.group-queue'")
			.withMessageContaining(expected);
	}

	@Test
	void groupQueueIsCalledAsTheUserSays() throws Exception {
		JmsAdapter adapter = adapter("APP.{topic}.{group}", Set.of());
		Address queue = adapter.groupQueue("Clicks", "voyeur");
		assertThat(queue).isEqualTo(Address.queue("Consumer.voyeur.VirtualTopic.Clicks"));
		assertThat(adapter.nameOnBroker(queue)).isEqualTo("APP.Clicks.voyeur");
		assertThat(adapter.nameOnBroker(Address.queue("Orders"))).isEqualTo("Orders");
		assertThat(adapter.nameOnBroker(Address.topic("News"))).isEqualTo("News");
		assertThat(adapter.recogniseVirtualTopic("VirtualTopic.Clicks")).isEqualTo("Clicks");
		assertThat(adapter(QPID).recogniseVirtualTopic("VirtualTopic.Clicks")).isNull();
		Session session = mock();
		adapter.producerDestination(session, queue);
		verify(session).createQueue("APP.Clicks.voyeur");
	}

	@Test
	void onlyWhatEveryProviderCanIsPromisedUntilTheUserSaysMore() {
		Map<Capability, Support> plain = capabilities(adapter(IBM_MQ));
		assertThat(plain).containsOnlyKeys(Capability.values());
		assertThat(List.of(Capability.values())).filteredOn((capability) -> !plain.get(capability).available())
			.containsExactlyInAnyOrder(Capability.INDIVIDUAL_ACKNOWLEDGE, Capability.VIRTUAL_TOPICS,
					Capability.MESSAGE_GROUPS, Capability.PRIORITY, Capability.PREFETCH, Capability.DEPTH,
					Capability.OLDEST_AGE, Capability.BROWSE, Capability.CLUSTER_CONCURRENCY, Capability.WILDCARDS);
		Map<Capability, Support> more = capabilities(
				adapter("{group}.{topic}", Set.of(Capability.BROWSE, Capability.PRIORITY, Capability.MESSAGE_GROUPS)));
		assertThat(List.of(Capability.values())).filteredOn((capability) -> !more.get(capability).available())
			.containsExactly(Capability.CLUSTER_CONCURRENCY, Capability.WILDCARDS);
	}

	@Test
	void capabilityThatNobodyCanDeclareIsRefused() {
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> adapter("{group}.{topic}", Set.of(Capability.ATOMIC_MOVE)))
			.withMessageContaining("'messaging.broker.analytics.jms.capabilities'")
			.withMessageContaining("atomic-move");
	}

	@Test
	void acknowledgeModeIsKnownOrAskedFor() {
		assertThat(adapter(QPID).individualAcknowledge()).isEqualTo(101);
		assertThat(JmsAdapter.ofClass("analytics", IBM_MQ, loader(), new JmsOptions(7, null, Set.of()))
			.individualAcknowledge()).isEqualTo(7);
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> adapter(IBM_MQ).individualAcknowledge())
			.satisfies((ex) -> assertThat(ex.getAction())
				.contains("'messaging.broker.analytics.jms.individual-acknowledge'"));
	}

	@Test
	void queuesAreNotBrowsedUnlessItIsSaidToBeSafe() throws Exception {
		Session session = mock();
		assertThatExceptionOfType(JMSException.class)
			.isThrownBy(() -> adapter(QPID).browse(session, Address.queue("Orders"), 1))
			.withMessageContaining("'messaging.broker.analytics.jms.capabilities'");
		assertThat(adapter(QPID).inspector(session).inspect(List.of("Orders"), Duration.ofSeconds(1))).singleElement()
			.satisfies((sample) -> assertThat(sample.depth()).isNull());
		verify(session, never()).createBrowser(any());
	}

	private static Map<Capability, Support> capabilities(JmsAdapter adapter) {
		return adapter.capabilities(profile("class:X", Map.of()));
	}

	private static JmsAdapter adapter(String className) {
		return JmsAdapter.ofClass("analytics", className, loader(), JmsOptions.NONE);
	}

	private static JmsAdapter adapter(String groupQueue, Set<Capability> capabilities) {
		return JmsAdapter.ofClass("analytics", QPID, loader(), new JmsOptions(null, groupQueue, capabilities));
	}

	private static ConnectionFactory factory(String className, String url, Map<String, String> properties) {
		return adapter(className).createConnectionFactory(profile(url, properties));
	}

	private static ClassLoader loader() {
		return JmsAdapterTests.class.getClassLoader();
	}

	private static BrokerProfile profile(String url, Map<String, String> properties) {
		return profile(url, properties, null);
	}

	private static BrokerProfile profile(String url, Map<String, String> properties, Tls tls) {
		return profile(url, properties, tls, Duration.ofSeconds(10));
	}

	private static BrokerProfile profile(String url, Map<String, String> properties, Tls tls, Duration timeout) {
		return new BrokerProfile("analytics", "voyeur", url, "scott", SECRET, tls, Duration.ofSeconds(1),
				Duration.ofSeconds(30), timeout, properties);
	}

	/**
	 * Cannot be made without a URL.
	 */
	public static class WithoutConstructor extends ActiveMQConnectionFactory {

		public WithoutConstructor(String url, boolean ignored) {
			super(url);
		}

	}

	/**
	 * Cannot be made at all.
	 */
	public static class Failing extends ActiveMQConnectionFactory {

		public Failing() {
			throw new IllegalStateException("password=" + SECRET);
		}

	}

	/**
	 * Takes a secret, but not every one.
	 */
	public static class WithSecret extends ActiveMQConnectionFactory {

		public void setApiToken(String token) {
			throw new IllegalArgumentException("bad token: " + token);
		}

	}

	/**
	 * Has one name in it.
	 */
	public static class Names implements InitialContextFactory {

		private static volatile Object bound;

		@Override
		public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
			Context context = mock(Context.class);
			if (bound == null) {
				given(context.lookup("java:comp/env/jms/mq")).willThrow(new NamingException("not bound"));
			}
			else {
				given(context.lookup("java:comp/env/jms/mq")).willReturn(bound);
			}
			return context;
		}

	}

}
