package org.activemessaging.autoconfigure;

/**
 * When to create the tables of this library.
 *
 * @since 0.1.0
 */
public enum SchemaInitialization {

	/**
	 * Always.
	 */
	ALWAYS,

	/**
	 * When the database runs inside the application.
	 */
	EMBEDDED,

	/**
	 * Never.
	 */
	NEVER

}
