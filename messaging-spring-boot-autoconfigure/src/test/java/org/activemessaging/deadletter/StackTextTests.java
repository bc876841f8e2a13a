package org.activemessaging.deadletter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.activemessaging.RejectMessageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class StackTextTests {

	private static final String BASE = "org.activemessaging.";

	@Test
	void noRoomIsOfTheApplication() throws IOException {
		List<String> rooms;
		try (Stream<Path> folders = Files.list(Path.of("target/classes/org/activemessaging"))) {
			rooms = folders.filter(Files::isDirectory).map((folder) -> folder.getFileName().toString()).toList();
		}
		assertThat(rooms).contains("claimcheck", "listener");
		// These two are never around a processor, and their folders hold resources.
		assertThat(rooms).filteredOn((room) -> StackText.isOfTheApplication(BASE + room + ".Some"))
			.isSubsetOf("actuate", "autoconfigure", "jdbc");
		assertThat(StackText.isOfTheApplication(RejectMessageException.class.getName())).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "com.example.Orders", "org.activemessaging.samples.voyeur.Clicks", "orders.Orders" })
	void samplesAndApplicationsAre(String name) {
		assertThat(StackText.isOfTheApplication(name)).isTrue();
	}

}
