package org.activemessaging.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.quickstart.Page;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.AnnotationConfigRegistry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A page for those who come from somewhere else. Its code on the side of this library is
 * in a package of its own.
 */
public final class MigrationPage {

	private static final String CONFIGURATION = "messaging:\n";

	private final Page page;

	private final String packageName;

	/**
	 * Reads a page.
	 * @param name the name of the file
	 * @param test a class in the package of its code
	 */
	public MigrationPage(String name, Class<?> test) {
		this.page = Page.of(name);
		this.packageName = test.getPackageName();
	}

	/**
	 * Fails unless the page prints the source of a class as it is.
	 * @param type the simple name of the class
	 */
	public void assertPrints(String type) {
		String source = read(Path.of("src/test/java", this.packageName.replace('.', '/'), type + ".java"));
		String code = source.replaceFirst("(?s).*\\n?(?:package|import) [^\\n]*;\\n\\n", "");
		assertThat(this.page.blocks("java")).contains(code.replace("\t", "    ").trim());
	}

	/**
	 * Returns an application with the code and the configuration of the page, on a broker
	 * in this JVM.
	 * @param url the URL in the configuration that stands for the broker
	 * @return the application
	 */
	public ApplicationContextRunner application(String url) {
		List<String> configurations = this.page.blocks("yaml")
			.stream()
			.filter((yaml) -> yaml.startsWith(CONFIGURATION))
			.toList();
		assertThat(configurations).singleElement().asString().contains("url: " + url + "\n");
		String yaml = configurations.get(0).replace(url, "vm://" + UUID.randomUUID() + "?broker.persistent=false");
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, JacksonAutoConfiguration.class))
			// The first publish starts the broker, which takes longer than the default on
			// a busy machine.
			.withPropertyValues("MQ_PASSWORD=secret", "messaging.broker.default.publisher.timeout=60s")
			.withInitializer((context) -> {
				context.getEnvironment().getPropertySources().addFirst(Page.properties(yaml));
				((AnnotationConfigRegistry) context).scan(this.packageName);
			});
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
