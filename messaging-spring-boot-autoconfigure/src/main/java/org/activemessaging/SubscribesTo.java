package org.activemessaging;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Subscribes a processor to a destination: on a class, its {@code onMessage} method
 * handles the messages; on a method, that method does. May be repeated. Each subscription
 * is a processor of its own, with an id, a listener container and its own numbers.
 * <p>
 * The method takes the payload (a {@code String}, {@code byte[]}, {@code Map}, or a
 * record or class that is read from JSON), and may take more of what Spring's
 * {@link org.springframework.messaging.handler.annotation.MessageMapping message methods}
 * take: {@code Message<T>}, {@code MessageHeaders}, {@code @Payload}, {@code @Header},
 * {@code @Headers}. When it returns normally, the message is done. When it throws, the
 * redelivery policy decides; nothing is acknowledged because of an exception.
 * <p>
 * All attributes accept property placeholders and SpEL expressions. What
 * {@code messaging.processor.<id>} says in the configuration overrides the attribute.
 *
 * @since 0.1.0
 */
@Target({ ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(SubscribesTo.List.class)
@Reflective(SubscriptionReflectiveProcessor.class)
public @interface SubscribesTo {

	/**
	 * The logical name of the destination, as declared under
	 * {@code messaging.destination.<name>}.
	 * @return the name of the destination
	 */
	String value();

	/**
	 * The stable id of the processor: key of its configuration, tag of its meters, path
	 * of its endpoint. By default the bean name in lower case with dashes
	 * ({@code clickstreamProcessor} becomes {@code clickstream-processor}); where a bean
	 * has several subscriptions, the method's name follows after a dot, and where a
	 * method has several, the destination's.
	 * @return the id, or an empty string for the default one
	 */
	String id() default "";

	/**
	 * The group that consumes a virtual topic together. By default the value of
	 * {@code messaging.group}, or else the name of the application.
	 * @return the name of the group, or an empty string for the default one
	 */
	String group() default "";

	/**
	 * How many messages are processed at once, as {@code n} or as {@code min-max}.
	 * @return the concurrency, or an empty string for the value of
	 * {@code messaging.listener.concurrency}
	 */
	String concurrency() default "";

	/**
	 * How many messages this instance of the application takes in a time at most, such as
	 * {@code 50/s}, {@code 600/m} or {@code 1000/h}; or {@code unlimited}.
	 * @return the rate, or an empty string for the value of
	 * {@code messaging.listener.rate}
	 */
	String rate() default "";

	/**
	 * How many messages of the processor are in work in all instances of the application
	 * together at most, as {@code 8}. Needs a broker that can do it.
	 * @return the number, or an empty string for any number
	 */
	String clusterConcurrency() default "";

	/**
	 * A message selector in the syntax of Jakarta Messaging 3.1, section 3.8.1. Messages
	 * that do not match stay where they are.
	 * @return the selector, or an empty string for none
	 */
	String selector() default "";

	/**
	 * The name of a durable subscription of a plain topic: the broker keeps the messages
	 * of the topic while the processor is not there. One instance of the application at a
	 * time can have it, so a virtual topic with groups is better in nearly all cases.
	 * @return the name, of letters, digits, '-' and '_', or an empty string for none
	 */
	String subscription() default "";

	/**
	 * How messages are acknowledged: {@code transacted}, {@code client} or
	 * {@code unsafe-auto}, which loses what is in work when the application dies.
	 * @return the mode, or an empty string for the value of
	 * {@code messaging.listener.acknowledge}
	 */
	String acknowledge() default "";

	/**
	 * Whether the processor starts with the application, {@code true} or {@code false}.
	 * @return whether to start, or an empty string for the value of
	 * {@code messaging.listener.auto-startup}
	 */
	String autoStartup() default "";

	/**
	 * Whether a message takes effect once even if it comes more than once, {@code true}
	 * or {@code false}. Then each message is processed in a database transaction of its
	 * own, in which it is noted as processed. Needs a {@code DataSource}.
	 * @return whether to process messages once, or an empty string for the value of
	 * {@code messaging.processor.<id>.idempotent.enabled}
	 */
	String idempotent() default "";

	/**
	 * Several subscriptions of one class or method.
	 */
	@Target({ ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE })
	@Retention(RetentionPolicy.RUNTIME)
	@Documented
	@Reflective(SubscriptionReflectiveProcessor.class)
	@interface List {

		/**
		 * The subscriptions.
		 * @return the subscriptions
		 */
		SubscribesTo[] value();

	}

}
