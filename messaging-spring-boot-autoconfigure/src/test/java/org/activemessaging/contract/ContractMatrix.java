package org.activemessaging.contract;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.Capability;
import org.activemessaging.broker.Support;

/**
 * What each broker can do, as its adapter declares and the contract proves: the table of
 * the documentation, between two marks.
 */
final class ContractMatrix {

	private static final Pattern PLACE = Pattern.compile("(?s)(<!-- matrix -->\\n).*?(<!-- /matrix -->)");

	private final Map<String, Map<Capability, Support>> columns = new LinkedHashMap<>();

	/**
	 * Asks the adapters. Nothing is started.
	 * @param directory an empty folder
	 */
	ContractMatrix(Path directory) {
		for (TestedBroker kind : TestedBroker.values()) {
			BrokerUnderTest broker = kind.create(directory);
			BrokerProfile profile = ContractRun.profile(broker, broker.url());
			this.columns.put(kind.title(), broker.adapter().capabilities(profile));
		}
	}

	/**
	 * Puts the table in its place.
	 * @param page the text of a page
	 * @param detailed whether to say how it is done
	 * @return the page with the table as it has to be
	 */
	String into(String page, boolean detailed) {
		Matcher place = PLACE.matcher(page);
		if (!place.find()) {
			throw new IllegalArgumentException("There is no place for the matrix in the page");
		}
		return place.replaceFirst("$1" + Matcher.quoteReplacement(table(detailed)) + "$2");
	}

	private String table(boolean detailed) {
		StringBuilder table = new StringBuilder("| |");
		this.columns.keySet().forEach((title) -> table.append(' ').append(title).append(" |"));
		table.append("\n|---|").append("---|".repeat(this.columns.size())).append('\n');
		for (Capability capability : Capability.values()) {
			table.append("| ").append(capability.label()).append(" |");
			for (Map<Capability, Support> supports : this.columns.values()) {
				Support support = supports.getOrDefault(capability, Support.no("not declared"));
				table.append(' ').append(support.level().label());
				if (detailed) {
					table.append(": ").append(support.how().replace("|", "\\|"));
				}
				table.append(" |");
			}
			table.append('\n');
		}
		return table.toString();
	}

}
