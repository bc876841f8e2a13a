package org.activemessaging.claimcheck;

import java.io.IOException;
import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

/**
 * Where large payloads are kept. A bean of this type takes the place of the built-in
 * ones. Called by several threads at once, and by those of all applications that share
 * the store.
 *
 * @since 0.1.0
 */
public interface ClaimStore {

	/**
	 * Keeps a payload. When this method has returned, the payload survives a crash of
	 * everything.
	 * @param key the key, under which nothing is kept yet
	 * @param payload the payload
	 * @throws IOException if it cannot be kept
	 */
	void put(ClaimKey key, byte[] payload) throws IOException;

	/**
	 * Returns a payload.
	 * @param key the key
	 * @param maxLength how many bytes to read at most; what is longer may be cut there
	 * @return the payload, or {@code null} if there is none
	 * @throws IOException if the store cannot be asked
	 */
	byte @Nullable [] get(ClaimKey key, int maxLength) throws IOException;

	/**
	 * Removes old payloads. May be called by several applications at once.
	 * @param day the first day of which payloads stay
	 * @return how many were removed
	 * @throws IOException if the store cannot be asked
	 */
	int removeBefore(LocalDate day) throws IOException;

}
