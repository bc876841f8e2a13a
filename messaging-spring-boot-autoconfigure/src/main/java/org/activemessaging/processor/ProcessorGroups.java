package org.activemessaging.processor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.NearestMatch;
import org.jspecify.annotations.Nullable;

/**
 * The named sets of processors, and those of them that this deployment runs.
 *
 * @param groups the ids of the processors by the name of their group
 * @param run the names of the groups to run; empty for all processors, {@value #NONE}
 * alone for no processor
 * @since 0.1.0
 */
public record ProcessorGroups(Map<String, List<String>> groups, List<String> run) {

	/**
	 * The reserved name for running no processor at all.
	 */
	public static final String NONE = "none";

	/**
	 * Copies the names to run.
	 * @param groups the ids of the processors by the name of their group
	 * @param run the names of the groups to run; empty for all processors, {@value #NONE}
	 * alone for no processor
	 */
	public ProcessorGroups {
		run = List.copyOf(run);
	}

	/**
	 * Tells whether this deployment runs a processor.
	 * @param id the id of the processor
	 * @return whether it does
	 */
	public boolean runs(String id) {
		return this.run.isEmpty() || this.run.stream().anyMatch((group) -> members(group).contains(id));
	}

	/**
	 * Tells whether this deployment runs a group.
	 * @param group the name of the group
	 * @return whether it does
	 */
	public boolean runsGroup(String group) {
		return this.run.isEmpty() || this.run.contains(group);
	}

	/**
	 * Returns the group of a processor.
	 * @param id the id of the processor
	 * @return the name of the first group it belongs to, or {@code null} if there is none
	 */
	public @Nullable String groupOf(String id) {
		return this.groups.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().contains(id))
			.map(Map.Entry::getKey)
			.findFirst()
			.orElse(null);
	}

	private List<String> members(String group) {
		return this.groups.getOrDefault(group, List.of());
	}

	/**
	 * Checks the names of groups and processors.
	 * @param processors the ids of all processors
	 * @throws MessagingConfigurationException if a name is unknown
	 */
	public void validate(Collection<String> processors) {
		if (this.groups.containsKey(NONE)) {
			throw new MessagingConfigurationException(
					"The property 'messaging.processor-group' declares a group named 'none', which is reserved: 'messaging.run.groups=none' runs no processor.",
					"Give the group another name.");
		}
		this.groups.forEach((group,
				members) -> members.stream().filter((id) -> !processors.contains(id)).findFirst().ifPresent((id) -> {
					throw new MessagingConfigurationException(
							"The property 'messaging.processor-group." + group + "' names the processor '" + id
									+ "', which does not exist." + NearestMatch.describe(id, processors),
							"Correct 'messaging.processor-group." + group + "', or the id of the processor.");
				}));
		for (String group : this.run) {
			boolean none = group.equals(NONE) && this.run.size() == 1;
			if (!none && !this.groups.containsKey(group)) {
				List<String> known = new ArrayList<>(this.groups.keySet());
				known.add(NONE);
				throw new MessagingConfigurationException(
						"The property 'messaging.run.groups' names the group '" + group
								+ "', which is not declared under 'messaging.processor-group'."
								+ NearestMatch.describe(group, known),
						"Correct 'messaging.run.groups', or declare 'messaging.processor-group." + group + "'.");
			}
		}
	}

}
