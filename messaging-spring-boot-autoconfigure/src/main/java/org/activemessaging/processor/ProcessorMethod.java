package org.activemessaging.processor;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.activemessaging.Acknowledgment;
import org.activemessaging.StopFilterException;
import org.activemessaging.WindowFailureException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolverComposite;
import org.springframework.messaging.handler.invocation.InvocableHandlerMethod;

/**
 * The method of a bean that handles messages.
 *
 * @since 0.1.0
 */
public final class ProcessorMethod extends InvocableHandlerMethod {

	private final @Nullable ResultPublisher results;

	private final Reply reply;

	private final @Nullable OrderKey order;

	private final ErrorHandlers errorHandlers;

	private final @Nullable WindowParameter window;

	private final boolean acknowledging;

	ProcessorMethod(Object bean, Method method, HandlerMethodArgumentResolverComposite argumentResolvers,
			@Nullable WindowParameter window, @Nullable ResultPublisher results, Reply reply, @Nullable OrderKey order,
			ErrorHandlers errorHandlers) {
		super(bean, method);
		this.window = window;
		this.results = results;
		this.reply = reply;
		this.order = order;
		this.errorHandlers = errorHandlers;
		setMessageMethodArgumentResolvers(argumentResolvers);
		this.acknowledging = Arrays.stream(getMethodParameters())
			.anyMatch((parameter) -> parameter.getParameterType() == Acknowledgment.class);
	}

	/**
	 * Handles a message.
	 * @param message the message, as the filters have left it
	 * @throws UnconvertibleMessageException if the message is not what the method takes
	 * @throws Exception what the method throws
	 */
	public void handle(Message<?> message) throws Exception {
		if (this.window != null) {
			handleAlone(this.window, message);
			return;
		}
		@Nullable Object[] arguments;
		try {
			arguments = getMethodArgumentValues(message);
		}
		catch (Exception ex) {
			throw new UnconvertibleMessageException(describe(), ex);
		}
		Object result = call(arguments);
		if (result != null && this.results == null) {
			this.reply.to(message, result);
		}
	}

	private void handleAlone(WindowParameter window, Message<?> message) throws Exception {
		try {
			call(List.of(read(window, message)));
		}
		catch (WindowFailureException ex) {
			if (ex.getFailures().get(0) instanceof Exception failure) {
				throw failure;
			}
			throw ex;
		}
	}

	/**
	 * Tells whether the method takes the messages of a window together.
	 * @return whether its parameter is a list of them
	 */
	public boolean takesWindow() {
		return this.window != null;
	}

	/**
	 * Makes a message into an element of the list that the method takes.
	 * @param message the message, as the filters have left it
	 * @return the element
	 * @throws UnconvertibleMessageException if the message cannot be made into one
	 */
	public Object read(Message<?> message) {
		return read(Objects.requireNonNull(this.window, "The method takes no window"), message);
	}

	private Object read(WindowParameter window, Message<?> message) {
		try {
			return window.read(message);
		}
		catch (RuntimeException ex) {
			throw new UnconvertibleMessageException(describe(), ex);
		}
	}

	/**
	 * Handles several messages in one call.
	 * @param elements what {@link #read(Message)} has made of each
	 * @throws Exception what the method throws, a {@link WindowFailureException} if it
	 * knows which of them have failed
	 */
	public void handle(List<?> elements) throws Exception {
		call(elements);
	}

	private @Nullable Object call(@Nullable Object... arguments) throws Exception {
		try {
			Object result = doInvoke(arguments);
			if (this.results != null) {
				this.results.publish(result);
			}
			return result;
		}
		catch (StopFilterException ex) {
			// It would stop the filters and so acknowledge the message, which no
			// exception of a processor does.
			throw new IllegalStateException("A StopFilterException is for filters, not for processors", ex);
		}
	}

	/**
	 * Lets the class decide about a failure.
	 * @param failure what the method, or what stands around it, has thrown
	 * @param message the message
	 * @throws Exception the failure, or what has to be thrown instead of it; if nothing
	 * is thrown, the message is done
	 * @see org.activemessaging.OnError
	 */
	public void decide(Exception failure, Message<?> message) throws Exception {
		this.errorHandlers.decide(failure, message);
	}

	/**
	 * Tells whether the class has something to say about failures.
	 * @return whether it has a method with {@link org.activemessaging.OnError}
	 */
	public boolean decides() {
		return !this.errorHandlers.isEmpty();
	}

	/**
	 * Tells whether the method acknowledges its messages itself.
	 * @return whether it has a parameter of type {@link Acknowledgment}
	 */
	public boolean acknowledges() {
		return this.acknowledging;
	}

	/**
	 * Tells whether what the method returns is published.
	 * @return whether it has {@link org.activemessaging.PublishesTo}
	 */
	public boolean publishes() {
		return this.results != null;
	}

	/**
	 * Returns by what the messages are ordered.
	 * @return what tells the key of a message, or {@code null} if the method does not say
	 * @see org.activemessaging.OrderedBy
	 */
	public @Nullable OrderKey order() {
		return this.order;
	}

	/**
	 * Returns the parameter that the payload is given to.
	 * @return the first parameter that takes no header, or nothing if there is none
	 */
	public Optional<MethodParameter> payload() {
		return Arrays.stream(getMethodParameters())
			.filter((parameter) -> !ProcessorMethodFactory.isHeader(parameter))
			.findFirst();
	}

	/**
	 * Describes the method for people.
	 * @return the simple names of class and method
	 */
	public String describe() {
		return getBeanType().getSimpleName() + "." + getMethod().getName();
	}

	/**
	 * Sends what the method has returned to who has asked for it.
	 */
	@FunctionalInterface
	interface Reply {

		void to(Message<?> message, Object result) throws Exception;

	}

}
