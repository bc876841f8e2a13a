package org.activemessaging.actuate;

import java.util.List;
import java.util.function.Supplier;

import org.activemessaging.operations.BrokerSilentException;
import org.activemessaging.operations.OperationConflictException;
import org.activemessaging.operations.OperationForbiddenException;
import org.activemessaging.operations.UnknownNameException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Turns what goes wrong into answers.
 */
final class EndpointAnswers {

	private static final int FORBIDDEN = 403;

	private static final int CONFLICT = 409;

	private EndpointAnswers() {
	}

	static WebEndpointResponse<?> of(Supplier<WebEndpointResponse<?>> request) {
		try {
			return request.get();
		}
		catch (UnknownNameException ex) {
			return error(ex, ex.known(), WebEndpointResponse.STATUS_NOT_FOUND);
		}
		catch (OperationForbiddenException ex) {
			return error(ex, null, FORBIDDEN);
		}
		catch (OperationConflictException ex) {
			return error(ex, null, CONFLICT);
		}
		catch (BrokerSilentException ex) {
			return error(ex, null, WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
		}
		catch (IllegalArgumentException ex) {
			return error(ex, null, WebEndpointResponse.STATUS_BAD_REQUEST);
		}
	}

	private static WebEndpointResponse<EndpointProblem> error(RuntimeException failure, @Nullable List<String> known,
			int status) {
		return new WebEndpointResponse<>(new EndpointProblem(String.valueOf(failure.getMessage()), known), status);
	}

}
