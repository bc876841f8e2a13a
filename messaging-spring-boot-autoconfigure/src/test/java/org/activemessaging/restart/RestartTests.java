package org.activemessaging.restart;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts an application again and again with a new class loader for its own classes.
 */
class RestartTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "messaging.embedded.data-directory=broker", "messaging.broker.mq.url=memory://restart" })
	void eachStartIsCleanAndLeavesNoThread(String broker) throws Exception {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		for (int i = 0; i < 3; i++) {
			ClassLoader restarted = new RestartedClassLoader(getClass().getClassLoader());
			try (ConfigurableApplicationContext context = start(restarted, broker)) {
				Object visit = context.getBean("received", BlockingQueue.class).poll(20, TimeUnit.SECONDS);
				assertThat(visit).isNotNull();
				assertThat(visit.getClass().getClassLoader()).isSameAs(restarted);
			}
			Flow.eventually().untilAsserted(() -> assertThat(since(before)).isEmpty());
		}
	}

	private ConfigurableApplicationContext start(ClassLoader restarted, String broker) throws ClassNotFoundException {
		Thread thread = Thread.currentThread();
		ClassLoader original = thread.getContextClassLoader();
		thread.setContextClassLoader(restarted);
		try {
			return new SpringApplicationBuilder(new DefaultResourceLoader(restarted),
					restarted.loadClass(RestartedApplication.class.getName()))
				.web(WebApplicationType.NONE)
				.properties("spring.application.name=restarted", "messaging.destination.visits.queue=Visits",
						broker.replace("=broker", "=" + this.directory))
				.run();
		}
		finally {
			thread.setContextClassLoader(original);
		}
	}

	// Threads of the JVM, and of pools that all applications share, are not ours.
	private static List<String> since(Set<Thread> before) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> !before.contains(thread))
			.filter((thread) -> thread.getContextClassLoader() instanceof RestartedClassLoader
					|| isOurs(thread.getName()))
			.map(Thread::getName)
			.toList();
	}

	// The client has one pool of these for all connections of the JVM, those of other
	// tests among them; a connection that is left has a thread of its own as well.
	private static boolean isOurs(String thread) {
		return !thread.startsWith("ActiveMQ InactivityMonitor Worker")
				&& Stream.of("messaging-", "ActiveMQ", "KahaDB", "Async", "processor").anyMatch(thread::startsWith);
	}

	/**
	 * Loads the application itself, and leaves libraries to the class loader of the JVM.
	 */
	private static final class RestartedClassLoader extends ClassLoader {

		RestartedClassLoader(ClassLoader parent) {
			super(parent);
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			synchronized (getClassLoadingLock(name)) {
				Class<?> loaded = findLoadedClass(name);
				if (loaded != null) {
					return loaded;
				}
				return name.startsWith(RestartedApplication.class.getName()) ? define(name)
						: super.loadClass(name, resolve);
			}
		}

		private Class<?> define(String name) {
			try (InputStream input = getResourceAsStream(name.replace('.', '/') + ".class")) {
				byte[] bytes = input.readAllBytes();
				return defineClass(name, bytes, 0, bytes.length);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
