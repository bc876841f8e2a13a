package org.activemessaging.fault;

/**
 * A line of a ledger.
 *
 * @param type what happened
 * @param id the message: its group, a dash, and its number in the group
 * @param pid in which process it happened
 * @param millis when, in milliseconds since the epoch
 */
record LedgerEntry(Type type, String id, long pid, long millis) {

	String line() {
		return this.type.letter + " " + this.id + " " + this.pid + " " + this.millis + "\n";
	}

	static LedgerEntry of(String line) {
		String[] fields = line.split(" ");
		return new LedgerEntry(Type.of(fields[0].charAt(0)), fields[1], Long.parseLong(fields[2]),
				Long.parseLong(fields[3]));
	}

	static String group(String id) {
		return id.substring(0, id.lastIndexOf('-'));
	}

	static int number(String id) {
		return Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
	}

	/**
	 * What may happen.
	 */
	enum Type {

		/**
		 * The publish call returned: the broker has the message.
		 */
		ACKED('A'),

		/**
		 * The publish call failed, and nobody knows whether the broker has the message.
		 */
		UNCERTAIN('U'),

		/**
		 * The publish call failed, and the broker does not have the message.
		 */
		REFUSED('R'),

		/**
		 * A publish got no answer, and is repeated: the broker may have the message once
		 * more than without.
		 */
		REPEATED('T'),

		/**
		 * A processor has begun.
		 */
		BEGUN('S'),

		/**
		 * A processor is done.
		 */
		DONE('D'),

		/**
		 * A processor has failed.
		 */
		FAILED('F'),

		/**
		 * A process is dead.
		 */
		KILLED('K');

		private final char letter;

		Type(char letter) {
			this.letter = letter;
		}

		private static Type of(char letter) {
			for (Type type : values()) {
				if (type.letter == letter) {
					return type;
				}
			}
			throw new IllegalArgumentException("No entry is of type " + letter);
		}

	}

}
