package org.activemessaging.operations;

import java.util.Collection;
import java.util.List;

/**
 * Thrown when something is asked for by a name that nothing has.
 *
 * @since 0.1.0
 */
public class UnknownNameException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<String> known;

	/**
	 * Creates an exception.
	 * @param name the name that is unknown
	 * @param known the names that are known
	 */
	public UnknownNameException(String name, Collection<String> known) {
		this(known, "There is no '" + name + "'");
	}

	/**
	 * Creates an exception that says more.
	 * @param known the names that are known
	 * @param message what there is to say about the name
	 */
	public UnknownNameException(Collection<String> known, String message) {
		super(message);
		this.known = List.copyOf(known);
	}

	/**
	 * Returns the names that are known.
	 * @return the names
	 */
	public List<String> known() {
		return this.known;
	}

}
