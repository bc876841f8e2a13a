package org.activemessaging.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A configuration that is wrong, and what the failure analysis has to say about it.
 */
final class FailingStart {

	/**
	 * What must never be shown.
	 */
	static final String CANARY = "xyzzy-canary-4711";

	private static final String BROKER = "messaging.broker.analytics.url=nio://localhost:1";

	private static final String CLICKS = "messaging.destination.clickstream.virtual-topic=Clickstream";

	private static final String ORDERS = "messaging.destination.orders.queue=Orders";

	private static final String NEWS = "messaging.destination.news.topic=News";

	private final String name;

	private final List<String> properties = new ArrayList<>();

	private final List<Class<?>> classes = new ArrayList<>();

	private final List<String> description = new ArrayList<>();

	private final List<String> action = new ArrayList<>();

	private FailingStart(String name) {
		this.name = name;
	}

	List<String> properties() {
		return this.properties;
	}

	Class<?>[] classes() {
		return this.classes.toArray(new Class<?>[0]);
	}

	List<String> description() {
		return this.description;
	}

	List<String> action() {
		return this.action;
	}

	@Override
	public String toString() {
		return this.name;
	}

	FailingStart with(String... properties) {
		this.properties.addAll(List.of(properties));
		return this;
	}

	FailingStart using(Class<?>... types) {
		this.classes.addAll(List.of(types));
		return this;
	}

	FailingStart says(String... texts) {
		this.description.addAll(List.of(texts));
		return this;
	}

	FailingStart advises(String... texts) {
		this.action.addAll(List.of(texts));
		return this;
	}

	private static FailingStart when(String name) {
		return new FailingStart(name);
	}

	static FailingStart withOneBroker(String name) {
		return when(name).with(BROKER);
	}

	static FailingStart withDestinations(String name) {
		return withOneBroker(name).with(CLICKS, ORDERS, NEWS);
	}

	static Stream<FailingStart> all() {
		return Stream
			.of(brokers(), adapters(), urls(), options(), destinations(), deadLetterQueues(), processors(),
					FailingMethods.all(), FailingWildcards.all(), listeners(), subscriptions(), groups(),
					redeliveries(), rules(), unknownProperties())
			.flatMap((starts) -> starts);
	}

	private static Stream<FailingStart> brokers() {
		return Stream.of(
				when("two brokers and no default").with(BROKER, "messaging.broker.jobs.url=nio://localhost:2")
					.says("2 brokers under 'messaging.broker'", "analytics, jobs", "none of them is the default")
					.advises("'messaging.default-broker'", "'messaging.default-broker=analytics'"),
				withOneBroker("unknown default broker").with("messaging.default-broker=analitycs")
					.says("'messaging.default-broker' is 'analitycs'", "Did you mean 'analytics'?")
					.advises("'messaging.broker.analitycs'", "'messaging.default-broker'"),
				when("default broker without brokers").with("messaging.default-broker=analytics")
					.says("'messaging.default-broker' is 'analytics'", "There is none.")
					.advises("'messaging.broker.analytics'"),
				when("broker without URL").with("messaging.broker.analytics.user=scott")
					.says("The broker 'analytics' has no URL")
					.advises("'messaging.broker.analytics.url'"),
				withOneBroker("unknown adapter").with("messaging.broker.analytics.adapter=activemk")
					.says("'messaging.broker.analytics.adapter' is 'activemk'", "Did you mean 'activemq'?")
					.advises("'messaging.broker.analytics.adapter'"),
				when("scheme that no adapter understands").with("messaging.broker.analytics.url=gopher://mq:70?x=y")
					.says("broker 'analytics'", "gopher://mq:70", "no adapter understands the scheme 'gopher'")
					.advises("'messaging.broker.analytics.adapter'", "activemq", "'messaging.broker.analytics.url'"),
				when("scheme that the adapter does not understand")
					.with("messaging.broker.analytics.url=gopher://mq:70",
							"messaging.broker.analytics.adapter=activemq")
					.says("broker 'analytics'", "gopher://mq:70", "'activemq'")
					.advises("'messaging.broker.analytics.url'", "'messaging.broker.analytics.adapter'"),
				withOneBroker("unknown SSL bundle").with("messaging.broker.analytics.ssl.bundle=mk")
					.says("'messaging.broker.analytics.ssl.bundle' is 'mk'")
					.advises("'spring.ssl.bundle.pem.mk'", "'spring.ssl.bundle.jks.mk'"),
				withOneBroker("timeout of nothing").with("messaging.broker.analytics.publisher.timeout=0s")
					.says("'messaging.broker.analytics.publisher.timeout'")
					.advises("'messaging.broker.analytics.publisher.timeout'"),
				withOneBroker("negative delay of reconnecting")
					.with("messaging.broker.analytics.reconnect.initial-delay=-1s")
					.says("'messaging.broker.analytics.reconnect.initial-delay'")
					.advises("'messaging.broker.analytics.reconnect.initial-delay'"),
				withOneBroker("negative longest delay of reconnecting")
					.with("messaging.broker.analytics.reconnect.max-delay=-1s")
					.says("'messaging.broker.analytics.reconnect.max-delay'")
					.advises("'messaging.broker.analytics.reconnect.max-delay'"),
				withOneBroker("sample interval of nothing").with("messaging.operations.sample-interval=0s")
					.says("'messaging.operations.sample-interval'")
					.advises("'messaging.operations.sample-interval'"),
				withOneBroker("mask that is no pattern").with("messaging.operations.payload.masks[0]=(")
					.says("'messaging.operations.payload.masks'", "regular expression")
					.advises("'messaging.operations.payload.masks'"),
				withOneBroker("masked header that is no pattern").with("messaging.operations.masked-headers[0]=[")
					.says("'messaging.operations.masked-headers'")
					.advises("'messaging.operations.masked-headers'"),
				withOneBroker("payload without length").with("messaging.operations.payload.max-length=0")
					.says("'messaging.operations.payload.max-length'")
					.advises("'messaging.operations.payload.max-length'"),
				withOneBroker("trash that is not kept").with("messaging.operations.trash.time-to-live=0s")
					.says("'messaging.operations.trash.time-to-live'")
					.advises("'messaging.operations.trash.time-to-live'"),
				withOneBroker("stage of nothing").with("messaging.operations.redrive.stages=1,0")
					.says("'messaging.operations.redrive.stages'")
					.advises("'messaging.operations.redrive.stages'"),
				withOneBroker("stage that is not waited for").with("messaging.operations.redrive.stage-timeout=0s")
					.says("'messaging.operations.redrive.stage-timeout'")
					.advises("'messaging.operations.redrive.stage-timeout'"),
				withOneBroker("failure ratio beyond all").with("messaging.operations.redrive.max-failure-ratio=1.5")
					.says("'messaging.operations.redrive.max-failure-ratio'")
					.advises("'messaging.operations.redrive.max-failure-ratio'"));
	}

	static FailingStart withPoorBroker(String name) {
		return when(name).using(PoorBroker.class).with("messaging.broker.analytics.url=poor://mq");
	}

	private static FailingStart withRichBroker(String name) {
		return when(name).using(PoorBroker.class).with("messaging.broker.analytics.url=rich://mq");
	}

	private static Stream<FailingStart> adapters() {
		return Stream.of(
				withPoorBroker("virtual topic on a broker without").with(CLICKS)
					.says("'messaging.destination.clickstream.virtual-topic'", "broker 'analytics' (adapter 'poor')",
							"has no virtual-topics: too poor")
					.advises("'queue'", "'messaging.destination.clickstream.virtual-topic'"),
				withPoorBroker("topic on a broker without").with(NEWS)
					.says("'messaging.destination.news.topic'", "(adapter 'poor') has no topics")
					.advises("'messaging.destination.news.topic'"),
				withPoorBroker("topic by its address on a broker without")
					.with("messaging.destination.news.address=/topic/News")
					.says("'messaging.destination.news.address'", "has no topics")
					.advises("'messaging.destination.news.address'"),
				withPoorBroker("selector on a broker without").with(ORDERS)
					.using(BadProcessors.Selective.class)
					.says("'selector' of @SubscribesTo of Selective.onMessage", "(adapter 'poor') has no selectors")
					.advises("Remove the attribute"),
				withPoorBroker("acknowledgement one by one on a broker without").with(ORDERS)
					.using(BadProcessors.OneByOne.class)
					.says("'acknowledge' of @SubscribesTo of OneByOne.onMessage is 'client'",
							"has no individual-acknowledge: too poor")
					.advises("'messaging.processor.one-by-one.acknowledge'", "'transacted'"),
				withPoorBroker("acknowledgement one by one of all on a broker without").with(ORDERS)
					.using(BadProcessors.Orders.class)
					.with("messaging.listener.acknowledge=client")
					.says("'messaging.listener.acknowledge' is 'client'", "has no individual-acknowledge")
					.advises("'messaging.processor.orders.acknowledge'"),
				withRichBroker("queue with an impossible name").with("messaging.destination.boxes.queue=Boxes")
					.says("'messaging.destination.boxes.queue'", "queue Boxes", "(adapter 'poor')",
							"letters but 'x' are allowed")
					.advises("'messaging.destination.boxes.queue'"),
				withRichBroker("topic with an impossible name").with("messaging.destination.boxes.topic=Boxes")
					.says("'messaging.destination.boxes.topic'", "topic Boxes")
					.advises("'messaging.destination.boxes.topic'"),
				withRichBroker("virtual topic with an impossible name")
					.with("messaging.destination.boxes.virtual-topic=Boxes")
					.says("'messaging.destination.boxes.virtual-topic'", "topic Boxes")
					.advises("'messaging.destination.boxes.virtual-topic'"),
				withRichBroker("dead-letter queue with an impossible name").with(ORDERS)
					.with("messaging.destination.orders.dead-letter-queue=Box")
					.says("'messaging.destination.orders.dead-letter-queue'", "queue Box")
					.advises("'messaging.destination.orders.dead-letter-queue'"),
				withRichBroker("known group with an impossible name").with(CLICKS)
					.with("messaging.destination.clickstream.groups=max")
					.says("'messaging.destination.clickstream.groups'", "queue max-Clickstream")
					.advises("'messaging.destination.clickstream.groups'"),
				withRichBroker("group with an impossible name").with(CLICKS)
					.using(BadProcessors.Good.class)
					.with("messaging.group=max")
					.says("group 'max' of @SubscribesTo of Good.onMessage", "queue max-Clickstream")
					.advises("group 'max'"));
	}

	private static Stream<FailingStart> urls() {
		return Stream
			.of("nio://scott:" + CANARY + "@mq:61616", "failover:(nio://a:1,nio://scott:" + CANARY + "@b:2)",
					"nio://mq:61616?jms.password=" + CANARY, "failover:(nio://a:1)?jms.password=" + CANARY,
					"nio://mq:61616?jms.userName=" + CANARY, "nio://scott:a/" + CANARY + "@mq:61616",
					"scott:" + CANARY + "@mq:61616")
			.map((url) -> when("credentials inside the URL " + url.replace(CANARY, "…"))
				.with("messaging.broker.analytics.url=" + url)
				.says("'messaging.broker.analytics.url' contains credentials")
				.advises("'messaging.broker.analytics.user'", "'messaging.broker.analytics.password'"));
	}

	private static Stream<FailingStart> options() {
		return Stream.of(
				when("asynchronous sends in the URL")
					.with("messaging.broker.analytics.url=nio://localhost:1?jms.useAsyncSend=true")
					.says("'useAsyncSend'", "'analytics'")
					.advises("'jms.useAsyncSend'", "'messaging.broker.analytics.url'"),
				when("optimised acknowledgement in the URL")
					.with("messaging.broker.analytics.url=nio://localhost:1?jms.optimizeAcknowledge=true")
					.says("'optimizeAcknowledge'", "'analytics'")
					.advises("'jms.optimizeAcknowledge'"),
				withOneBroker("asynchronous sends in the properties")
					.with("messaging.broker.analytics.properties.useAsyncSend=true")
					.says("'useAsyncSend'", "'analytics'")
					.advises("'messaging.broker.analytics.properties'"),
				withOneBroker("optimised acknowledgement in the properties")
					.with("messaging.broker.analytics.properties.optimizeAcknowledge=true")
					.says("'optimizeAcknowledge'", "'analytics'")
					.advises("'messaging.broker.analytics.properties'"),
				withOneBroker("unknown option of the vendor")
					.with("messaging.broker.analytics.properties.trustStorePasword=" + CANARY)
					.says("'messaging.broker.analytics.properties.trustStorePasword'")
					.advises("ActiveMQConnectionFactory"),
				withOneBroker("option of the vendor with a wrong value")
					.with("messaging.broker.analytics.properties.sendTimeout=soon")
					.says("'messaging.broker.analytics.properties.sendTimeout'"),
				when("URL that is none").with("messaging.broker.analytics.url=nio://local host:1?trace=" + CANARY)
					.says("'messaging.broker.analytics.url'")
					.advises("tcp://localhost:61616"));
	}

	private static Stream<FailingStart> destinations() {
		return Stream.of(
				withOneBroker("unknown broker of a destination")
					.with("messaging.destination.x.queue=X", "messaging.destination.x.broker=analytic")
					.says("No broker named 'analytic'", "'messaging.destination.x.broker'", "Did you mean 'analytics'?")
					.advises("'messaging.broker.analytic'", "'messaging.destination.x.broker'"),
				when("destination without any broker")
					.with("messaging.embedded.enabled=false", "messaging.destination.x.queue=X")
					.says("'x'", "no default broker")
					.advises("'messaging.broker'"),
				withOneBroker("destination of two kinds")
					.with("messaging.destination.x.queue=X", "messaging.destination.x.topic=X")
					.says("'x'", "exactly one", "2")
					.advises("'messaging.destination.x.queue'"),
				withOneBroker("destination of no kind").with("messaging.destination.x.broker=analytics")
					.says("'x'", "exactly one", "0")
					.advises("'messaging.destination.x.queue'"),
				withOneBroker("topic as queue").with("messaging.destination.x.queue=/topic/X")
					.says("'messaging.destination.x.queue' is '/topic/X'", "not the name of a queue")
					.advises("'messaging.destination.x.queue'"),
				withOneBroker("queue as topic").with("messaging.destination.x.topic=queue://X")
					.says("'messaging.destination.x.topic' is 'queue://X'", "not the name of a topic")
					.advises("'messaging.destination.x.topic'"),
				withOneBroker("queue as virtual topic").with("messaging.destination.x.virtual-topic=/queue/X")
					.says("'messaging.destination.x.virtual-topic' is '/queue/X'", "not the name of a virtual-topic")
					.advises("'messaging.destination.x.virtual-topic'"),
				withOneBroker("blank queue").with("messaging.destination.x.queue= ")
					.says("'messaging.destination.x.queue'")
					.advises("'messaging.destination.x.queue'"),
				withOneBroker("address without a prefix").with("messaging.destination.x.address=X")
					.says("'messaging.destination.x.address' is 'X'", "'/queue/'", "'/topic/'")
					.advises("'messaging.destination.x.address'"),
				withOneBroker("groups of a queue")
					.with("messaging.destination.x.queue=X", "messaging.destination.x.groups=voyeur")
					.says("'messaging.destination.x.groups'", "queue")
					.advises("'messaging.destination.x.virtual-topic'"),
				withOneBroker("bad name of a group")
					.with("messaging.destination.x.virtual-topic=X", "messaging.destination.x.groups=voyeur,a.b")
					.says("'messaging.destination.x.groups'", "'a.b'")
					.advises("'messaging.destination.x.groups'"),
				messageGroup("payload..id", "EL1"), messageGroup("id", "Known: headers, payload"),
				messageGroup("T(java.lang.System).exit(1)", "only reading is allowed"),
				messageGroup("payload.id", "headers.JMSXGroupID")
					.with("messaging.destination.x.headers.JMSXGroupID=all")
					.advises("Remove one of the two"),
				header("priority", "12", "0 to 9"), header("priority", "high", "0 to 9"),
				header("persistent", "maybe", "true or false"), header("time-to-live", "soon", "soon"),
				header("time-to-live", "-1s", "not negative"), header("am_attempt", "1", "reserved"),
				header("[my-header]", "1", "not valid"));
	}

	private static FailingStart messageGroup(String expression, String reason) {
		return withOneBroker("message group " + expression)
			.with("messaging.destination.x.queue=X", "messaging.destination.x.message-group=" + expression)
			.says("'messaging.destination.x.message-group'", reason);
	}

	private static FailingStart header(String name, String value, String reason) {
		String plain = name.replaceAll("[\\[\\]]", "");
		return withOneBroker("header " + plain + " with the value " + value)
			.with("messaging.destination.x.queue=X",
					"messaging.destination.x.headers" + (name.startsWith("[") ? "" : ".") + name + "=" + value)
			.says("'messaging.destination.x.headers." + plain + "'", reason)
			.advises("'messaging.destination.x.headers." + plain + "'");
	}

	private static Stream<FailingStart> deadLetterQueues() {
		return Stream.of(
				withOneBroker("dead letters of a queue in the queue itself")
					.with("messaging.destination.a.queue=A", "messaging.destination.a.dead-letter-queue=A")
					.says("queue A", "dead-letter-queue")
					.advises("'dead-letter-queue'"),
				withOneBroker("dead letters in a circle")
					.with("messaging.destination.a.queue=A", "messaging.destination.a.dead-letter-queue=B",
							"messaging.destination.b.queue=B", "messaging.destination.b.dead-letter-queue=A")
					.says("dead-letter-queue")
					.advises("'dead-letter-queue'"),
				withOneBroker("dead letters in a circle over the default name")
					.with("messaging.destination.a.queue=A", "messaging.destination.b.queue=DLQ.A",
							"messaging.destination.b.dead-letter-queue=A")
					.says("dead-letter-queue")
					.advises("'dead-letter-queue'"),
				withOneBroker("dead letters of a declared group in its queue")
					.with("messaging.destination.a.virtual-topic=A", "messaging.destination.a.groups=voyeur",
							"messaging.destination.a.dead-letter-queue=Consumer.voyeur.VirtualTopic.A")
					.says("queue Consumer.voyeur.VirtualTopic.A")
					.advises("'dead-letter-queue'"),
				withDestinations("dead letters of a processor's group in its queue").using(BadProcessors.Good.class)
					.with("messaging.destination.clickstream.dead-letter-queue=Consumer.voyeur.VirtualTopic.Clickstream")
					.says("queue Consumer.voyeur.VirtualTopic.Clickstream")
					.advises("'dead-letter-queue'"),
				withOneBroker("dead letters in a topic")
					.with("messaging.destination.a.queue=A", "messaging.destination.a.dead-letter-queue=/topic/B")
					.says("'messaging.destination.a.dead-letter-queue'")
					.advises("'messaging.destination.a.dead-letter-queue'"));
	}

	private static Stream<FailingStart> processors() {
		return Stream.of(
				withDestinations("undeclared destination").using(BadProcessors.Undeclared.class)
					.says("No destination named 'clickstrem'", "@SubscribesTo of Undeclared.onMessage",
							"Did you mean 'clickstream'?", "Known: clickstream, news, orders.")
					.advises("'messaging.destination.clickstrem'", "@SubscribesTo of Undeclared.onMessage"),
				withDestinations("duplicate id").using(BadProcessors.DuplicateIds.class)
					.says("'same'", "DuplicateIds.first", "DuplicateIds.second")
					.advises("'id'"),
				withDestinations("two payloads").using(BadProcessors.TwoPayloads.class)
					.says("TwoPayloads.onMessage", "2 parameters for the payload")
					.advises("one parameter"),
				withDestinations("primitive payload").using(BadProcessors.Primitive.class)
					.says("Primitive.onMessage", "primitive int"),
				withDestinations("no parameter").using(BadProcessors.NoParameter.class)
					.says("NoParameter.onMessage", "no parameter"),
				withDestinations("private method").using(BadProcessors.PrivateMethod.class)
					.says("PrivateMethod.handle", "private"),
				withDestinations("two methods named onMessage").using(BadProcessors.TwoOnMessage.class)
					.says("TwoOnMessage", "2 methods named 'onMessage'")
					.advises("'onMessage'"),
				withDestinations("no method named onMessage").using(BadProcessors.NoOnMessage.class)
					.says("NoOnMessage", "0 methods named 'onMessage'")
					.advises("'onMessage'"),
				withDestinations("processor that subscribes to nothing").using(BadProcessors.NoSubscription.class)
					.says("NoSubscription", "@Processor", "subscribes to nothing")
					.advises("@SubscribesTo"),
				withDestinations("group with a dot").using(BadProcessors.DottedGroup.class)
					.says("'voyeur.web'", "DottedGroup.onMessage")
					.advises("'group'"),
				withDestinations("default group with a dot").using(BadProcessors.Good.class)
					.with("messaging.group=voyeur.web")
					.says("'voyeur.web'", "Good.onMessage")
					.advises("'messaging.group'"),
				withDestinations("group on a queue").using(BadProcessors.QueueGroup.class)
					.says("QueueGroup.onMessage", "'voyeur'", "'orders' is a queue")
					.advises("'messaging.destination.orders.virtual-topic'"),
				withDestinations("group on a topic").using(BadProcessors.TopicGroup.class)
					.says("TopicGroup.onMessage", "'voyeur'", "'news' is a topic")
					.advises("'messaging.destination.news.virtual-topic'"),
				withDestinations("start that is neither true nor false").using(BadProcessors.WrongAutoStartup.class)
					.says("'autoStartup'", "WrongAutoStartup.onMessage", "'maybe'"),
				withDestinations("placeholder without a value").using(BadProcessors.OpenPlaceholder.class)
					.says("@SubscribesTo of OpenPlaceholder.onMessage", "nowhere.declared"),
				withDestinations("expression that is wrong").using(BadProcessors.WrongExpression.class)
					.says("@SubscribesTo of WrongExpression.onMessage", "nowhere"),
				withDestinations("placeholder with an empty value").using(BadProcessors.EmptyPlaceholder.class)
					.says("@SubscribesTo of EmptyPlaceholder.onMessage", "resolves to nothing"),
				withDestinations("filter for an undeclared destination").using(BadProcessors.OnlyUndeclared.class)
					.says("'clickstrem'", "@FilterFor", "Did you mean 'clickstream'?")
					.advises("@FilterFor"),
				withDestinations("filter for all but an undeclared destination")
					.using(BadProcessors.ExceptUndeclared.class)
					.says("'newz'", "@FilterFor", "Did you mean 'news'?")
					.advises("@FilterFor"));
	}

	private static Stream<FailingStart> listeners() {
		return Stream.of(
				withDestinations("wrong concurrency of all").using(BadProcessors.Good.class)
					.with("messaging.listener.concurrency=4-1")
					.says("'messaging.listener.concurrency'", "'4-1'")
					.advises("'1-4'"),
				withPoorBroker("permits on a broker that cannot hold them").with(ORDERS)
					.using(BadProcessors.Orders.class)
					.with("messaging.processor.orders.cluster-concurrency=8")
					.says("'messaging.processor.orders.cluster-concurrency'", "(adapter 'poor')",
							"has no cluster-concurrency: too poor")
					.advises("'messaging.processor.orders.concurrency'"),
				withDestinations("no permits").using(BadProcessors.Good.class)
					.with("messaging.processor.good.cluster-concurrency=0")
					.says("'messaging.processor.good.cluster-concurrency' is '0'", "from 1 to 200")
					.advises("'8'"),
				withDestinations("permits in the annotation that are no number")
					.using(BadProcessors.WrongClusterConcurrency.class)
					.says("'clusterConcurrency' of @SubscribesTo of WrongClusterConcurrency.onMessage is 'few'"),
				withDestinations("permits for a topic").using(BadProcessors.TopicClusterConcurrency.class)
					.says("'cluster-concurrency'", "plain topic")
					.advises("'messaging.destination.news.virtual-topic'"),
				withDestinations("permits and lanes").using(BadProcessors.Good.class)
					.with("messaging.processor.good.cluster-concurrency=8", "messaging.processor.good.lanes=2")
					.says("'cluster-concurrency'", "2 messages at once")
					.advises("'messaging.processor.good.lanes'"),
				withDestinations("permits without transactions").using(BadProcessors.Good.class)
					.with("messaging.processor.good.cluster-concurrency=8",
							"messaging.processor.good.acknowledge=client")
					.says("'cluster-concurrency'", "mode 'client'")
					.advises("'messaging.processor.good.acknowledge'"),
				withDestinations("wrong rate of all").using(BadProcessors.Good.class)
					.with("messaging.listener.rate=50/d")
					.says("'messaging.listener.rate'", "'50/d'", "'/s', '/m' or '/h'", "'unlimited'")
					.advises("'50/s'"),
				withDestinations("wrong rate of one").using(BadProcessors.Good.class)
					.with("messaging.processor.good.rate=0/s")
					.says("'messaging.processor.good.rate'", "'0/s'")
					.advises("'50/s'"),
				withDestinations("wrong rate in the annotation").using(BadProcessors.WrongRate.class)
					.says("'rate' of @SubscribesTo of WrongRate.onMessage", "'fast'")
					.advises("'50/s'"),
				withDestinations("wrong concurrency of one").using(BadProcessors.Good.class)
					.with("messaging.processor.good.concurrency=0")
					.says("'messaging.processor.good.concurrency'", "'0'")
					.advises("'1-4'"),
				withDestinations("wrong concurrency in the annotation").using(BadProcessors.WrongConcurrency.class)
					.says("'concurrency' of @SubscribesTo of WrongConcurrency.onMessage", "'many'")
					.advises("'1-4'"),
				withDestinations("several consumers of a topic in the annotation")
					.using(BadProcessors.TopicConcurrency.class)
					.says("'concurrency' of @SubscribesTo of TopicConcurrency.onMessage is 1-4", "plain topic")
					.advises("'messaging.destination.news.virtual-topic'"),
				withDestinations("several consumers of a topic").using(BadProcessors.News.class)
					.with("messaging.processor.news.concurrency=2")
					.says("'messaging.processor.news.concurrency' is 2", "plain topic")
					.advises("'messaging.destination.news.virtual-topic'"),
				withDestinations("window of nothing").using(BadProcessors.Good.class)
					.with("messaging.listener.window=0")
					.says("'messaging.listener.window' is 0", "from 1 to 1000")
					.advises("'messaging.listener.window'"),
				withDestinations("window that is no number").using(BadProcessors.Good.class)
					.with("messaging.listener.window=many")
					.says("'messaging.listener.window' is 'many'", "'auto'", "from 1 to 1000")
					.advises("'messaging.listener.window'", "the default"),
				withDestinations("lanes of nothing").using(BadProcessors.Good.class)
					.with("messaging.listener.lanes=0")
					.says("'messaging.listener.lanes' is 0", "from 1 to 100")
					.advises("'messaging.listener.lanes'"),
				withDestinations("lanes without a transaction").using(BadProcessors.Good.class)
					.with("messaging.processor.good.lanes=2", "messaging.listener.acknowledge=client")
					.says("'messaging.processor.good.lanes' is 2", "'client'")
					.advises("'messaging.processor.good.acknowledge'", "'messaging.processor.good.lanes'"),
				withDestinations("window smaller than lanes").using(BadProcessors.Good.class)
					.with("messaging.processor.good.lanes=8", "messaging.processor.good.window=4")
					.says("'messaging.processor.good.window' is 4", "8 lanes")
					.advises("'auto'", "'messaging.processor.good.lanes'"),
				withDestinations("largest window of nothing").using(BadProcessors.Good.class)
					.with("messaging.listener.max-window=0")
					.says("'messaging.listener.max-window' is 0", "from 1 to 1000")
					.advises("'messaging.listener.max-window'"),
				withDestinations("work for no time").using(BadProcessors.Good.class)
					.with("messaging.listener.window-time=0s")
					.says("'messaging.listener.window-time'", "longer than nothing")
					.advises("'messaging.listener.window-time'"),
				withDestinations("window of one processor").using(BadProcessors.Good.class)
					.with("messaging.processor.good.window=1001")
					.says("'messaging.processor.good.window' is 1001")
					.advises("'messaging.processor.good.window'"),
				withDestinations("time to drain of nothing").with("messaging.listener.drain-timeout=0s")
					.says("'messaging.listener.drain-timeout'")
					.advises("'messaging.listener.drain-timeout'"),
				withDestinations("unknown processor").using(BadProcessors.Good.class)
					.with("messaging.processor.goood.window=1")
					.says("'messaging.processor.goood'", "Did you mean 'good'?")
					.advises("'messaging.processor.goood'"));
	}

	private static Stream<FailingStart> subscriptions() {
		return Stream.of(
				withDestinations("durable subscription of a virtual topic").using(BadProcessors.Good.class)
					.with("messaging.processor.good.subscription=audit")
					.says("'messaging.processor.good.subscription'", "'audit'", "processor 'good'",
							"'clickstream' is a virtual-topic", "plain topics")
					.advises("'messaging.processor.good.subscription'", "'messaging.destination.clickstream.topic'"),
				withDestinations("durable subscription of a queue").using(BadProcessors.Orders.class)
					.with("messaging.processor.orders.subscription=audit")
					.says("'orders' is a queue", "keeps its messages anyway"),
				withDestinations("durable subscription with a space").using(BadProcessors.WrongSubscription.class)
					.says("'subscription' of @SubscribesTo of WrongSubscription.onMessage", "'all news'",
							"letters, digits, '-' and '_'")
					.advises("'subscription'"),
				withDestinations("durable subscription of two processors").using(BadProcessors.Archive.class)
					.says("processor 'archive'", "processor 'index'", "'voyeur.news'", "one of them at a time")
					.advises("'messaging.processor.index.client-id'"),
				withDestinations("client id without a subscription").using(BadProcessors.Good.class)
					.with("messaging.processor.good.client-id=voyeur")
					.says("'messaging.processor.good.client-id'", "no durable subscription")
					.advises("'messaging.processor.good.subscription'"),
				withDestinations("client id with a space").using(BadProcessors.News.class)
					.with("messaging.processor.news.subscription=audit",
							"messaging.processor.news.client-id=the voyeur")
					.says("'messaging.processor.news.client-id'", "letters, digits")
					.advises("'messaging.processor.news.client-id'"),
				when("durable subscription on a broker without").using(PoorBroker.class, BadProcessors.News.class)
					.with("messaging.broker.analytics.url=plain://mq", NEWS,
							"messaging.processor.news.subscription=audit")
					.says("'messaging.processor.news.subscription'", "(adapter 'poor')",
							"has no durable-subscriptions: too plain")
					.advises("'messaging.destination.news.virtual-topic'"),
				when("durable subscription of several topics").using(BadProcessors.News.class)
					.with("messaging.destination.news.topic=News.*", "messaging.processor.news.subscription=audit")
					.says("'messaging.processor.news.subscription'", "'news' stands for several topics")
					.advises("'messaging.destination.news.virtual-topic'"),
				withDestinations("durable subscription of several consumers").using(BadProcessors.News.class)
					.with("messaging.processor.news.subscription=audit", "messaging.processor.news.concurrency=2")
					.says("'messaging.processor.news.concurrency'", "plain topic"));
	}

	private static Stream<FailingStart> groups() {
		return Stream.of(
				withDestinations("unknown group to run").using(BadProcessors.Good.class)
					.with("messaging.processor-group.streams=good", "messaging.run.groups=streems")
					.says("'messaging.run.groups'", "'streems'", "Did you mean 'streams'?")
					.advises("'messaging.run.groups'", "'messaging.processor-group.streems'"),
				withDestinations("unknown member of a group").using(BadProcessors.Good.class)
					.with("messaging.processor-group.streams=good,god")
					.says("'messaging.processor-group.streams'", "'god'", "Did you mean 'good'?")
					.advises("'messaging.processor-group.streams'"),
				withDestinations("group named none").using(BadProcessors.Good.class)
					.with("messaging.processor-group.none=good")
					.says("'messaging.processor-group'", "'none'", "reserved"));
	}

	private static Stream<FailingStart> redeliveries() {
		return Stream
			.of("immediate=-1", "immediate=1001", "delayed=-1", "delay=-1s", "max-delay=-1s", "multiplier=0.5",
					"multiplier=NaN", "jitter=-0.1", "jitter=1.1", "jitter=NaN")
			.flatMap((setting) -> Stream.of("messaging.listener.redelivery.", "messaging.processor.good.redelivery.")
				.map((prefix) -> {
					String property = prefix + setting.substring(0, setting.indexOf('='));
					return withDestinations("wrong " + prefix + setting).using(BadProcessors.Good.class)
						.with(prefix + setting)
						.says("'" + property + "'")
						.advises("'" + property + "'");
				}));
	}

	private static FailingStart rule(String name, String... parts) {
		FailingStart start = withDestinations("rule " + name).using(BadProcessors.Good.class);
		for (String part : parts) {
			start.with("messaging.processor.good.redelivery.rules" + part);
		}
		return start;
	}

	private static Stream<FailingStart> rules() {
		String first = "'messaging.processor.good.redelivery.rules[0].";
		return Stream.of(
				rule("for a class that is not there", "[0].exception=java.io.IoException")
					.says(first + "exception' is 'java.io.IoException'", "no such class")
					.advises("'java.io.IOException'", "a pattern with '*'"),
				rule("for a class that is no exception", "[0].exception=java.lang.String")
					.says(first + "exception' is 'java.lang.String'", "can never match")
					.advises("java.lang.Throwable"),
				rule("for no exception", "[0].action=discard").says(first + "exception' is missing")
					.advises("'java.io.IOException'"),
				rule("with an unknown action", "[0].exception=java.io.IOException", "[0].action=dicsard")
					.says("messaging.processor.good.redelivery.rules[0].action", "dicsard")
					.advises("DISCARD", "DEAD_LETTER", "PAUSE", "REDELIVER"),
				rule("behind one for all", "[0].exception=java.lang.Exception",
						"[1].exception=java.lang.Error,java.io.IOException")
					.says("rules[1].exception' names java.io.IOException", "can never match",
							"java.lang.Exception comes first, in " + first + "exception'")
					.advises("before"),
				rule("behind the same pattern", "[0].exception=java.io.*", "[1].exception=java.io.Eof*")
					.says("rules[1].exception' names java.io.Eof*", "can never match"),
				rule("for what is decided already", "[0].exception=org.activemessaging.RejectMessageException")
					.says(first + "exception'", "RejectMessageException", "can never match"),
				rule("with a pause that has no effect", "[0].exception=java.io.IOException", "[0].pause=1s")
					.says(first + "pause' is set", "'redeliver'")
					.advises("'pause'"),
				rule("with a pause of nothing", "[0].exception=java.io.IOException", "[0].action=pause", "[0].pause=0s")
					.says(first + "pause' is PT0S"),
				rule("with a delay that has no effect", "[0].exception=java.io.IOException", "[0].action=discard",
						"[0].delay=1s")
					.says(first + "delay' is set", "'discard'")
					.advises("'redeliver'"),
				rule("with too many tries", "[0].exception=java.io.IOException", "[0].immediate=1001")
					.says(first + "immediate'", "from 0 to 1000"),
				rule("with an unknown part", "[0].exeption=java.io.IOException")
					.says("messaging.processor.good.redelivery.rules[0].exeption"),
				withDestinations("rule of all for a class that is not there").using(BadProcessors.Good.class)
					.with("messaging.listener.redelivery.rules[0].exception=nowhere.Exception")
					.says("'messaging.listener.redelivery.rules[0].exception' is 'nowhere.Exception'"),
				withDestinations("wrong rule in the annotation").using(BadProcessors.WrongRule.class)
					.says("'delayed' of @RedeliveryRule of WrongRule.onMessage is 'often'"),
				withDestinations("hidden rule in the annotation").using(BadProcessors.HiddenRule.class)
					.says("'exception' of @RedeliveryRule of HiddenRule names java.io.IOException", "can never match"));
	}

	private static Stream<FailingStart> unknownProperties() {
		return Stream.of(unknown("messaging.brokr.analytics.password", "broker"),
				unknown("messaging.defualt-broker", "default-broker"),
				unknown("messaging.broker.analytics.pasword", "password"),
				unknown("messaging.broker.analytics.reconnect.max-dellay", "max-delay"),
				unknown("messaging.broker.analytics.publisher.timeuot", "timeout"),
				unknown("messaging.broker.analytics.ssl.bundel", "bundle"),
				unknown("messaging.broker.analytics.url.password", null),
				unknown("messaging.broker.analytics.password.x", null),
				unknown("messaging.destination.orders.queu", "queue"),
				unknown("messaging.destination.orders.virtualtopik", "virtual-topic"),
				unknown("messaging.listener.concurency", "concurrency"),
				unknown("messaging.listener.redelivery.imediate", "immediate"),
				unknown("messaging.processor.good.windw", "window"),
				unknown("messaging.processor.good.redelivery.dely", "delay"), unknown("messaging.run.group", "groups"),
				unknown("messaging.embedded.data-dir", null), unknown("messaging.operations.sampling-interval", null),
				withOneBroker("two unknown properties")
					.with("messaging.broker.analytics.pasword=" + CANARY, "messaging.broker.analytics.usr=" + CANARY)
					.says("'messaging.broker.analytics.pasword'", "'messaging.broker.analytics.usr'",
							"Did you mean 'password'?", "Did you mean 'user'?"),
				when("broker that is only a URL").with("messaging.broker.analytics=nio://scott:" + CANARY + "@mq:61616")
					.says("messaging.broker.analytics"));
	}

	private static FailingStart unknown(String property, String match) {
		FailingStart start = withDestinations("unknown property " + property).using(BadProcessors.Good.class)
			.with(property + "=" + CANARY)
			.says("'" + property + "'")
			.advises("unknown");
		return (match != null) ? start.says("Did you mean '" + match + "'?") : start;
	}

}
