package org.activemessaging.fault;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.activemessaging.flow.Flow;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * What a processor does with a message, whoever calls it. Configured by properties of its
 * application: {@code fault.work} (milliseconds), {@code fault.halt-on} (the message that
 * halts the JVM), {@code fault.fail} ({@code never}, {@code first} try, {@code always},
 * or the ids that fail always) and {@code fault.throw} (the class of what is thrown).
 */
final class Behaviour {

	private final Set<String> tried = ConcurrentHashMap.newKeySet();

	private final LedgerFile ledger;

	private final Duration work;

	private final String haltOn;

	private final Set<String> fail;

	private final String thrown;

	Behaviour(LedgerFile ledger, Environment environment) {
		this.ledger = ledger;
		this.work = Duration.ofMillis(environment.getProperty("fault.work", Long.class, 0L));
		this.haltOn = environment.getProperty("fault.halt-on", "none");
		this.fail = StringUtils.commaDelimitedListToSet(environment.getProperty("fault.fail", "never"));
		this.thrown = environment.getProperty("fault.throw", IllegalStateException.class.getName());
	}

	void handle(String id) throws Throwable {
		this.ledger.write(LedgerEntry.Type.BEGUN, id);
		if (this.haltOn.equals(id)) {
			Runtime.getRuntime().halt(9);
		}
		if (!this.work.isZero()) {
			Flow.work(this.work);
		}
		if (fails(id)) {
			this.ledger.write(LedgerEntry.Type.FAILED, id);
			throw (Throwable) Class.forName(this.thrown).getConstructor(String.class).newInstance("by the test");
		}
		this.ledger.write(LedgerEntry.Type.DONE, id);
	}

	private boolean fails(String id) {
		return this.fail.contains("always") || this.fail.contains(id)
				|| this.fail.contains("first") && this.tried.add(id);
	}

}
