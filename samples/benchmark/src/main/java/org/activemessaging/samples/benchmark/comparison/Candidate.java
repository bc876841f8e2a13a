package org.activemessaging.samples.benchmark.comparison;

/**
 * Who is measured.
 *
 * @param id its name in targets
 * @param label what people call it
 * @param variant the name of the variant that its worker runs
 * @param window how many messages share a transaction, {@code default} for what the
 * variant does by itself
 * @param share the part of the messages of a fast candidate that this one handles in a
 * round
 */
record Candidate(String id, String label, String variant, String window, double share) {

	private static final int LEAST = 100;

	private static final String OURS = "ActiveMessaging";

	static Candidate ours() {
		return new Candidate("ours", OURS, "ours", "default", 1);
	}

	static Candidate ours(int window) {
		return new Candidate("ours-" + window, OURS + ", window " + window, "ours", String.valueOf(window),
				(window == 1) ? 0.1 : 1);
	}

	static Candidate spring() {
		return new Candidate("spring", "`@JmsListener`", "spring", "default", 0.1);
	}

	static Candidate loop() {
		return new Candidate("loop", "hand-written loop", "loop", "default", 1);
	}

	Candidate withShare(double share) {
		return new Candidate(this.id, this.label, this.variant, this.window, share);
	}

	int messages(int messages) {
		return Math.max(LEAST, (int) (messages * this.share));
	}

}
