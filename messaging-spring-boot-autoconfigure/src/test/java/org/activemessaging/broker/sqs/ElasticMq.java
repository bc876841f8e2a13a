package org.activemessaging.broker.sqs;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.actor.queue.QueueEvent;
import org.elasticmq.persistence.sql.SqlQueuePersistenceActor;
import org.elasticmq.persistence.sql.SqlQueuePersistenceConfig;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.util.NowProvider;
import org.slf4j.LoggerFactory;
import scala.Option;
import scala.collection.immutable.List$;
import scala.concurrent.Await;

/**
 * A service that speaks like SQS, in this JVM. In memory it forgets everything when it
 * stops; with a file it keeps what it has acknowledged, also if the JVM is killed.
 */
public final class ElasticMq implements AutoCloseable {

	// Only its own: other tests of this JVM read what is logged.
	static {
		for (String logger : List.of("org.elasticmq", "org.apache.pekko", "slick", "com.zaxxer")) {
			((Logger) LoggerFactory.getLogger(logger)).setLevel(Level.WARN);
		}
	}

	private final int port;

	private final ActorSystem system;

	private ElasticMq(int port, ActorSystem system, SQSRestServer server) {
		this.port = port;
		this.system = system;
		server.waitUntilStarted();
	}

	/**
	 * Starts one in memory.
	 */
	public static ElasticMq start(int port) {
		ActorSystem system = ActorSystem.create("elasticmq");
		return new ElasticMq(port, system,
				SQSRestServerBuilder.withActorSystem(system).withPort(port).withInterface("127.0.0.1").start());
	}

	/**
	 * Starts one that stores everything in a file. It serves when it has read the file:
	 * until then it would say that there are no queues.
	 */
	static ElasticMq start(int port, Path file) {
		ActorSystem system = ActorSystem.create("elasticmq");
		// Without a delay, what is committed survives the death of the process.
		SqlQueuePersistenceConfig config = new SqlQueuePersistenceConfig(true, "org.h2.Driver",
				"jdbc:h2:file:" + file.toAbsolutePath() + ";WRITE_DELAY=0", "", "", false);
		ActorRef store = system.actorOf(Props.create(SqlQueuePersistenceActor.class, config, List$.MODULE$.empty()));
		ActorRef queues = system.actorOf(Props.create(QueueManagerActor.class, new NowProvider(),
				StrictSQSLimits$.MODULE$, Option.apply(store)));
		Patterns.ask(store, new QueueEvent.Restore(queues), Duration.ofSeconds(30)).toCompletableFuture().join();
		return new ElasticMq(port, system,
				SQSRestServerBuilder.withActorSystem(system)
					.withQueueManagerActor(queues)
					.withPort(port)
					.withInterface("127.0.0.1")
					.start());
	}

	public String url() {
		return "http://127.0.0.1:" + this.port;
	}

	@Override
	public void close() {
		try {
			// Its own stop waits for requests that wait for messages.
			this.system.terminate();
			Await.ready(this.system.whenTerminated(), scala.concurrent.duration.Duration.apply("10 s"));
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
