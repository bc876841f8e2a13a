package org.activemessaging;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Has messages with the same key processed one after the other, in the order in which the
 * broker hands them over, although nobody has put them into a message group: on a method
 * that {@link SubscribesTo} something, or on a class, for its {@code onMessage} method.
 * Messages with different keys are processed at once if the processor has lanes
 * ({@code messaging.processor.<id>.lanes}).
 * <p>
 * A message that fails is tried again in its place, and holds up those behind it: it is
 * not moved to a delay queue, where it would lose its order.
 * <p>
 * The order is that of <em>one</em> consumer in <em>one</em> instance of the application,
 * so the concurrency of the processor is 1. For an order over several instances, the
 * publisher sets a message group, on a broker that has them.
 *
 * @since 0.1.0
 * @see MessagePublisher.Publication#group(String)
 */
@Target({ ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(SubscriptionReflectiveProcessor.class)
public @interface OrderedBy {

	/**
	 * A SpEL expression for the key, with {@code payload} (as the method takes it) and
	 * {@code headers}: {@code payload.customer}, {@code headers['session']}. It sees the
	 * message before the filters do. Its result is compared as text; {@code null} stands
	 * for no order. Messages for which it cannot be evaluated are in order among
	 * themselves. Property placeholders are resolved.
	 * @return the expression
	 */
	String value();

}
