package org.activemessaging.claimcheck;

/**
 * Thrown when the payload of a message is not in the store. The message is tried again,
 * as the store may not have been there, and goes to the dead letters in the end.
 *
 * @since 0.1.0
 */
public class ClaimMissingException extends RuntimeException {

	/**
	 * Creates an exception.
	 * @param key the key of the payload
	 */
	public ClaimMissingException(ClaimKey key) {
		super("The payload of the message is not in the claim-check store: there is no " + key + " of " + key.day()
				+ ". Either the message is older than 'messaging.filter.claim-check.retention', or its sender uses"
				+ " another store");
	}

}
