package org.activemessaging.quickstart;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathFactory;

import org.activemessaging.flow.Http;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The files of the quick start, and nothing else, are an application that does what the
 * README says.
 */
@ExtendWith(OutputCaptureExtension.class)
class ReadmeTests {

	private static final Path ROOT = Path.of("..");

	private static final Page QUICK_START = Page.at("README.md").part("\n## Quick start", "\n## How to grow");

	@Test
	void filesOfTheQuickStartAreAnApplication(@TempDir Path directory, CapturedOutput output) throws IOException {
		List<String> arguments = new ArrayList<>(
				List.of("-parameters", "-d", directory.toString(), "-cp", System.getProperty("java.class.path")));
		for (String source : QUICK_START.blocks("java")) {
			Matcher name = Pattern.compile("(?m)^class (\\w+)").matcher(source);
			assertThat(name.find()).isTrue();
			arguments.add(Files.writeString(directory.resolve(name.group(1) + ".java"), source).toString());
		}
		assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
			.isZero();
		try (URLClassLoader classes = new URLClassLoader(new URL[] { directory.toUri().toURL() },
				getClass().getClassLoader())) {
			runAndAsk(classes, output);
		}
	}

	private void runAndAsk(ClassLoader classes, CapturedOutput output) {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(classes);
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(
				classes.loadClass("voyeur.VoyeurApplication"))
			.initializers((starting) -> starting.getEnvironment()
				.getPropertySources()
				.addFirst(Page.properties(QUICK_START.blocks("yaml").get(0))))
			.run("--server.port=0", "--spring.main.banner-mode=off")) {
			URI site = URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port"));
			MatchResult curl = Pattern.compile("curl -H '([^:]*): ([^']*)' -d '([^']*)' localhost:8080(\\S*)")
				.matcher(QUICK_START.blocks("shell")
					.stream()
					.filter((block) -> block.startsWith("curl"))
					.findFirst()
					.orElseThrow())
				.results()
				.findFirst()
				.orElseThrow();
			assertThat(Http
				.send(HttpRequest.newBuilder(site.resolve(curl.group(4)))
					.header(curl.group(1), curl.group(2))
					.POST(HttpRequest.BodyPublishers.ofString(curl.group(3))))
				.statusCode()).isEqualTo(200);
			await().atMost(Duration.ofSeconds(10)).until(() -> output.getOut().contains("s1 looks at /dance"));
			assertThat(Http.send(HttpRequest.newBuilder(site.resolve("/actuator/messaging"))).body())
				.contains("Consumer.voyeur.VirtualTopic.Clickstream");
			assertThat(Http.send(HttpRequest.newBuilder(site.resolve("/actuator/messaging/console"))).statusCode())
				.isEqualTo(200);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	@Test
	void versionsAreThoseThatAreTested() throws Exception {
		Document shown = xml(QUICK_START.blocks("xml").get(0));
		Document parent = xml(Files.readString(ROOT.resolve("pom.xml")));
		XPath path = XPathFactory.newInstance().newXPath();
		for (String same : List.of("/project/parent/version", "/project/properties/activemq.version")) {
			assertThat(path.evaluate(same, shown)).isEqualTo(path.evaluate(same, parent));
		}
		assertThat(path.evaluate("//dependency[groupId='org.activemessaging']/version", shown))
			.isEqualTo(path.evaluate("/project/version", parent));
	}

	private static Document xml(String text) throws Exception {
		return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
	}

}
