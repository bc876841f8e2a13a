package org.activemessaging.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.NodeList;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is published: a module says it in its POM, and then the BOM and the
 * publishing workflow know it.
 */
class ReleaseTests {

	private static final Path ROOT = Path.of("..");

	private static final String BOM = "messaging-spring-boot-bom";

	@Test
	void everyModuleOfTheLibraryIsPublishedAndNoSampleIs() throws Exception {
		assertThat(published()).containsExactlyElementsOf(
				modules().stream().filter((module) -> module.startsWith("messaging-spring-boot-")).toList());
	}

	@Test
	void bomManagesWhatIsPublished() throws Exception {
		assertThat(texts(pom(BOM), "//dependencyManagement//dependency[groupId='org.activemessaging']/artifactId"))
			.containsExactlyInAnyOrderElementsOf(published().stream().filter((module) -> !module.equals(BOM)).toList());
	}

	@ParameterizedTest
	@ValueSource(strings = { "amazon-sqs-java-messaging-lib", "rabbitmq-jms", "cloudevents-core", "s3" })
	void bomManagesTheClientsThatAreTested(String client) throws Exception {
		String version = "/project/dependencyManagement//dependency[artifactId='" + client + "']/version";
		assertThat(texts(pom(BOM), version)).hasSize(1).isEqualTo(texts(pom(""), version));
	}

	@Test
	void workflowPublishesWhatIsPublished() throws Exception {
		assertThat(Files.readString(ROOT.resolve(".github/workflows/publish.yml")))
			.contains("-pl " + String.join(",", published()) + "\n");
	}

	@Test
	void changelogTellsOfThisVersion() throws Exception {
		String version = texts(pom(""), "/project/version").get(0).replace("-SNAPSHOT", "");
		assertThat(Files.readAllLines(ROOT.resolve("CHANGELOG.md")))
			.anyMatch((line) -> line.startsWith("## " + version + " ("));
	}

	private static List<String> published() throws Exception {
		List<String> published = new ArrayList<>();
		for (String module : modules()) {
			if (texts(pom(module), "/project/properties/maven.deploy.skip").contains("false")) {
				published.add(module);
			}
		}
		return published;
	}

	private static List<String> modules() throws Exception {
		return texts(pom(""), "//modules/module");
	}

	private static Path pom(String module) throws IOException {
		return ROOT.resolve(module).resolve("pom.xml").toRealPath();
	}

	private static List<String> texts(Path pom, String expression) throws Exception {
		NodeList nodes = (NodeList) XPathFactory.newInstance()
			.newXPath()
			.evaluate(expression, DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile()),
					XPathConstants.NODESET);
		return IntStream.range(0, nodes.getLength()).mapToObj((i) -> nodes.item(i).getTextContent().trim()).toList();
	}

}
