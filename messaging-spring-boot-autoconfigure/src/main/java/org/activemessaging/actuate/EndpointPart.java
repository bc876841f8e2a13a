package org.activemessaging.actuate;

import java.util.List;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Something further to be read under {@code /actuator/messaging}. Beans of this type are
 * found.
 *
 * @since 0.1.0
 */
public interface EndpointPart {

	/**
	 * Returns the first segment of its path.
	 * @return the name, for example {@code doctor}
	 */
	String name();

	/**
	 * Answers a request.
	 * @param path the further segments of the path, none to two
	 * @param parameters the parameters of the request
	 * @return the answer
	 * @throws org.activemessaging.operations.UnknownNameException if there is nothing of
	 * that path
	 * @throws IllegalArgumentException if a parameter is wrong
	 */
	WebEndpointResponse<?> read(List<String> path, RequestParameters parameters);

}
