package org.activemessaging.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/**
 * A page of the documentation, of which tests compile and run what it prints.
 */
public final class Page {

	private static final Path ROOT = Path.of("..");

	private final String text;

	private Page(String text) {
		this.text = text;
	}

	/**
	 * Reads a page.
	 * @param path where it is, from the root of the project
	 * @return the page
	 */
	public static Page at(String path) {
		return new Page(read(ROOT.resolve(path)));
	}

	/**
	 * Reads a page of the documentation.
	 * @param name the name of its file
	 * @return the page
	 */
	public static Page of(String name) {
		return at("docs/" + name);
	}

	/**
	 * Returns a part of the page.
	 * @param from how the part begins
	 * @param to how what is behind it begins
	 * @return the part
	 */
	Page part(String from, String to) {
		return new Page(this.text.substring(this.text.indexOf(from), this.text.indexOf(to)));
	}

	public String text() {
		return this.text;
	}

	/**
	 * Returns the blocks of code in a language, without their indentation.
	 * @param language the language
	 * @return the blocks in their order
	 */
	public List<String> blocks(String language) {
		return Pattern.compile("(?ms)^( *)```" + language + "\\n(.*?)^ *```")
			.matcher(this.text)
			.results()
			.map((block) -> block.group(2).replaceAll("(?m)^" + block.group(1), "").trim())
			.toList();
	}

	/**
	 * Returns what a page prints of a class of the tests: its source without what stands
	 * before its first annotation.
	 * @param neighbour a class in the same package
	 * @param type the simple name of the class
	 * @return the source
	 */
	public static String source(Class<?> neighbour, String type) {
		Path folder = Path.of("src/test/java", neighbour.getPackageName().replace('.', '/'));
		String source = read(folder.resolve(type + ".java")).replace("\t", "    ");
		return source.substring(source.indexOf("\n@") + 1).trim();
	}

	/**
	 * Returns what gives an application a configuration that a page prints.
	 * @param yaml the configuration, which goes before all others
	 * @return the initializer
	 */
	public static ApplicationContextInitializer<ConfigurableApplicationContext> configuration(String yaml) {
		return (context) -> context.getEnvironment().getPropertySources().addFirst(properties(yaml));
	}

	/**
	 * Reads a configuration.
	 * @param yaml the configuration
	 * @return its properties
	 */
	public static PropertySource<?> properties(String yaml) {
		try {
			return new YamlPropertySourceLoader()
				.load("page " + yaml.hashCode(), new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
				.get(0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
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
