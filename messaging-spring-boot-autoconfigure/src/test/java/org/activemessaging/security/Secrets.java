package org.activemessaging.security;

/**
 * Secrets of tests. All begin with a text that nothing else contains, so that one that
 * shows somewhere can be found: a test fails whose output contains it.
 *
 * @see SecretsInOutputExtension
 */
public final class Secrets {

	/**
	 * The beginning of every secret.
	 */
	public static final String CANARY = "xyzzy-";

	/**
	 * A password.
	 */
	public static final String PASSWORD = CANARY + "password-4711";

	private Secrets() {
	}

}
