package org.activemessaging.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationArgumentResolver;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;

/**
 * {@link OperationInvokerAdvisor} that hands all of a request to the endpoint in one map.
 * By itself an endpoint is given the parameters that it knows, and the others are left
 * out without a word: a condition with a typing error would then select all messages.
 *
 * @since 0.1.0
 */
public final class EndpointBodyAdvisor implements OperationInvokerAdvisor {

	static final String PARAMETERS = "parameters";

	private static final EndpointId ENDPOINT = EndpointId.of("messaging");

	@Override
	public OperationInvoker apply(EndpointId endpointId, OperationType operationType, OperationParameters parameters,
			OperationInvoker invoker) {
		boolean wanted = ENDPOINT.equals(endpointId)
				&& parameters.stream().anyMatch((parameter) -> parameter.getName().equals(PARAMETERS));
		return wanted ? (context) -> invoker.invoke(gather(context, parameters)) : invoker;
	}

	private static InvocationContext gather(InvocationContext context, OperationParameters parameters) {
		Map<String, Object> gathered = new LinkedHashMap<>(context.getArguments());
		Map<String, Object> arguments = new LinkedHashMap<>();
		parameters.forEach((parameter) -> {
			Object value = gathered.remove(parameter.getName());
			if (value != null) {
				arguments.put(parameter.getName(), value);
			}
		});
		arguments.put(PARAMETERS, gathered);
		SecurityContext security = context.resolveArgument(SecurityContext.class);
		return new InvocationContext((security != null) ? security : SecurityContext.NONE, arguments,
				new Resolver(context));
	}

	/**
	 * Resolves what the original context does.
	 */
	private record Resolver(InvocationContext context) implements OperationArgumentResolver {

		@Override
		public boolean canResolve(Class<?> type) {
			return this.context.canResolve(type);
		}

		@Override
		public <T> @Nullable T resolve(Class<T> type) {
			return this.context.resolveArgument(type);
		}

	}

}
