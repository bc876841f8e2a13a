package org.activemessaging.broker;

/**
 * What a broker keeps the messages of a topic for, also while nobody reads it. One
 * connection at a time can have its client id.
 *
 * @param clientId the id of the connection that reads it, unique on the broker
 * @param name its name, unique among those of its client id
 * @since 0.1.0
 */
public record DurableSubscription(String clientId, String name) {

	/**
	 * Returns a name that no other subscription on the broker has.
	 * @return the client id and the name
	 */
	public String qualifiedName() {
		return this.clientId + "." + this.name;
	}

	@Override
	public String toString() {
		return "durable subscription '" + this.name + "' of client id '" + this.clientId + "'";
	}

}
