package org.activemessaging.processor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.activemessaging.MessagingConfigurationException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link ProcessorGroups}.
 */
class ProcessorGroupsTests {

	private static final Set<String> IDS = Set.of("click", "query", "mouse");

	private final Map<String, List<String>> groups = new LinkedHashMap<>();

	ProcessorGroupsTests() {
		this.groups.put("streams", List.of("click", "query"));
		this.groups.put("mice", List.of("mouse"));
		this.groups.put("all", List.of("click", "query", "mouse"));
	}

	@Test
	void allProcessorsRunWhereNoGroupIsNamed() {
		ProcessorGroups groups = new ProcessorGroups(this.groups, List.of());
		assertThat(IDS).allMatch(groups::runs);
		assertThat(groups.runs("in-no-group")).isTrue();
		assertThat(groups.runsGroup("mice")).isTrue();
	}

	@Test
	void membersOfTheNamedGroupsRun() {
		ProcessorGroups groups = new ProcessorGroups(this.groups, List.of("streams"));
		assertThat(groups.runs("click")).isTrue();
		assertThat(groups.runs("query")).isTrue();
		assertThat(groups.runs("mouse")).isFalse();
		assertThat(groups.runs("in-no-group")).isFalse();
		assertThat(groups.runsGroup("streams")).isTrue();
		assertThat(groups.runsGroup("mice")).isFalse();
	}

	@Test
	void membersOfSeveralGroupsRun() {
		ProcessorGroups groups = new ProcessorGroups(this.groups, List.of("streams", "mice"));
		assertThat(IDS).allMatch(groups::runs);
		assertThat(groups.runs("in-no-group")).isFalse();
	}

	@Test
	void noneRunsNothing() {
		ProcessorGroups groups = new ProcessorGroups(this.groups, List.of("none"));
		assertThat(IDS).noneMatch(groups::runs);
		assertThat(groups.runsGroup("mice")).isFalse();
		assertThatNoException().isThrownBy(() -> groups.validate(IDS));
	}

	@Test
	void firstGroupOfAProcessorIsItsGroup() {
		ProcessorGroups groups = new ProcessorGroups(this.groups, List.of());
		assertThat(groups.groupOf("mouse")).isEqualTo("mice");
		assertThat(groups.groupOf("click")).isEqualTo("streams");
		assertThat(groups.groupOf("in-no-group")).isNull();
	}

	@Test
	void knownNamesAreValid() {
		assertThatNoException()
			.isThrownBy(() -> new ProcessorGroups(this.groups, List.of("mice", "all")).validate(IDS));
	}

	@Test
	void unknownGroupToRunIsRefused() {
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> new ProcessorGroups(this.groups, List.of("mize")).validate(IDS))
			.withMessageContaining("'messaging.run.groups'")
			.withMessageContaining("'mize'")
			.withMessageContaining("Did you mean 'mice'?")
			.withMessageContaining("Known: all, mice, none, streams.");
	}

	@Test
	void noneAmongOthersIsRefused() {
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> new ProcessorGroups(this.groups, List.of("none", "mice")).validate(IDS))
			.withMessageContaining("'none'");
	}

	@Test
	void groupNamedNoneIsRefused() {
		this.groups.put("none", List.of("click"));
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> new ProcessorGroups(this.groups, List.of()).validate(IDS))
			.withMessageContaining("reserved");
	}

	@Test
	void unknownMemberIsRefused() {
		this.groups.put("typo", List.of("click", "qery"));
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> new ProcessorGroups(this.groups, List.of()).validate(IDS))
			.withMessageContaining("'messaging.processor-group.typo'")
			.withMessageContaining("'qery'")
			.withMessageContaining("Did you mean 'query'?");
	}

	@Test
	void namesToRunDoNotChangeWithTheListTheyCameFrom() {
		List<String> run = new ArrayList<>(List.of("mice"));
		ProcessorGroups groups = new ProcessorGroups(this.groups, run);
		run.clear();
		assertThat(groups.run()).containsExactly("mice");
	}

}
