package org.activemessaging.operations.doctor;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Something that keeps messages from being consumed, or will.
 *
 * @param id what kind of finding it is, in lower case with dashes; one of those in
 * {@code docs/doctor.md}
 * @param severity how bad it is
 * @param subject what it is about
 * @param title the finding in one sentence
 * @param evidence what was seen, each a sentence
 * @param remedy what to do
 * @param since when it was seen first
 * @since 0.1.0
 */
public record Finding(String id, Severity severity, Subject subject, String title, List<String> evidence, String remedy,
		Instant since) {

	/**
	 * Copies the evidence.
	 * @param id what kind of finding it is, in lower case with dashes; one of those in
	 * {@code docs/doctor.md}
	 * @param severity how bad it is
	 * @param subject what it is about
	 * @param title the finding in one sentence
	 * @param evidence what was seen, each a sentence
	 * @param remedy what to do
	 * @param since when it was seen first
	 */
	public Finding {
		evidence = List.copyOf(evidence);
	}

	Finding since(Instant since) {
		return new Finding(this.id, this.severity, this.subject, this.title, this.evidence, this.remedy, since);
	}

	/**
	 * How bad it is.
	 */
	public enum Severity {

		/**
		 * Good to know.
		 */
		INFO,

		/**
		 * Messages wait, or will.
		 */
		WARNING,

		/**
		 * Messages wait, and nothing will change by itself.
		 */
		ERROR;

		/**
		 * Returns the name as it is shown.
		 * @return the name in lower case
		 */
		@JsonValue
		public String label() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * What a finding is about.
	 *
	 * @param kind {@code processor}, {@code destination} or {@code broker}
	 * @param name its id or name
	 */
	public record Subject(String kind, String name) {

		static Subject processor(String id) {
			return new Subject("processor", id);
		}

		static Subject destination(String name) {
			return new Subject("destination", name);
		}

		static Subject broker(String name) {
			return new Subject("broker", name);
		}

	}

}
