package org.activemessaging;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what becomes of a message whose processor, or a filter before it, threw a certain
 * exception: on a method with {@link SubscribesTo}, for its processors; on a class, for
 * all processors of the class, after the rules of their methods. May be repeated. The
 * first rule that matches the exception, or one of its causes, decides; where none does,
 * the redelivery policy of the processor does.
 * <p>
 * Rules under {@code messaging.processor.<id>.redelivery.rules} are asked before those of
 * annotations, and those under {@code messaging.listener.redelivery.rules} after them. A
 * rule is not asked about {@link AbortMessageException} and
 * {@link RejectMessageException}, by which a processor decides itself, nor about a
 * message that cannot be made into what the processor takes.
 * <p>
 * All text attributes accept property placeholders and SpEL expressions.
 *
 * @since 0.1.0
 */
@Target({ ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(RedeliveryRule.List.class)
public @interface RedeliveryRule {

	/**
	 * The exceptions that the rule is for, subclasses included.
	 * @return the classes
	 */
	Class<? extends Throwable>[] exception();

	/**
	 * What becomes of the message.
	 * @return the action
	 */
	Action action() default Action.REDELIVER;

	/**
	 * For how long {@link Action#PAUSE} pauses the processor.
	 * @return the time, such as {@code 30s}, or an empty string for 30 seconds
	 */
	String pause() default "";

	/**
	 * How many tries follow at once, for {@link Action#REDELIVER}.
	 * @return the number, or an empty string for that of the processor
	 */
	String immediate() default "";

	/**
	 * How many rounds of tries follow after a delay, for {@link Action#REDELIVER}.
	 * @return the number, or an empty string for that of the processor
	 */
	String delayed() default "";

	/**
	 * The delay before the first of these rounds.
	 * @return the time, such as {@code 10s}, or an empty string for that of the processor
	 */
	String delay() default "";

	/**
	 * By how much the delay grows from round to round.
	 * @return the factor, or an empty string for that of the processor
	 */
	String multiplier() default "";

	/**
	 * The longest delay.
	 * @return the time, such as {@code 10m}, or an empty string for that of the processor
	 */
	String maxDelay() default "";

	/**
	 * What becomes of a message.
	 */
	enum Action {

		/**
		 * It is tried again, at once and after delays, and then given up.
		 */
		REDELIVER,

		/**
		 * It is moved to the dead letters.
		 */
		DEAD_LETTER,

		/**
		 * It is acknowledged and counted: nobody will see it again.
		 */
		DISCARD,

		/**
		 * It goes back to its queue, without a try being counted, and the processor takes
		 * no messages for a time.
		 */
		PAUSE

	}

	/**
	 * Several rules of one class or method, in the order they are asked.
	 */
	@Target({ ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE })
	@Retention(RetentionPolicy.RUNTIME)
	@Documented
	@interface List {

		/**
		 * The rules.
		 * @return the rules
		 */
		RedeliveryRule[] value();

	}

}
