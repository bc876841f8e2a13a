package org.activemessaging;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Publishes what a processor returns: on a method that {@link SubscribesTo} something, or
 * on a class, for its {@code onMessage} method. An {@link OnError} method may have it
 * too.
 * <p>
 * A value becomes one message, written as {@link MessagePublisher} writes it. A
 * {@code Message<T>} is published with its headers, but for those that belong to one
 * delivery: {@code jms_} and {@code am_} headers, {@code id} and {@code timestamp}. Each
 * element of a {@code Collection} is a message of its own, in that order; an array is one
 * message. For {@code null}, an empty {@code Optional} and an empty collection, nothing
 * is published.
 * <p>
 * It is published as if the method had called the {@link MessagePublisher} at its end. So
 * it is part of the transaction of the message in work if both are on the same broker,
 * and filters see it as any other. If it cannot be published, the message in work has
 * failed.
 *
 * @since 0.1.0
 */
@Target({ ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(SubscriptionReflectiveProcessor.class)
public @interface PublishesTo {

	/**
	 * The logical name of the destination, as declared under
	 * {@code messaging.destination.<name>}. Property placeholders and SpEL expressions
	 * are resolved.
	 * @return the name of the destination
	 */
	String value();

	/**
	 * A SpEL expression for the message group that a result is published in, with
	 * {@code payload} (the value, or the payload of a {@code Message<T>}) and
	 * {@code headers} (those of a {@code Message<T>}): {@code payload.session}. A message
	 * group that a {@code Message<T>} brings wins, and this wins over
	 * {@code messaging.destination.<name>.message-group}, which decides if the result is
	 * {@code null} or empty. If it cannot be evaluated, the message in work has failed.
	 * The elements of a {@code Collection} are then published one by one. Property
	 * placeholders are resolved.
	 * @return the expression; empty, the default, for none
	 */
	String messageGroup() default "";

}
