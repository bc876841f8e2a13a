package org.activemessaging;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Decides about a failure of the processors of a class: on a method that takes the
 * exception, and may take what a processor method takes, the payload included. It is
 * called after each try that has failed, in the thread of that try and inside the same
 * filters. Of several such methods, the one whose exception is the closest to that of the
 * failure is called; if none fits, the redelivery policy decides.
 * <ul>
 * <li>If it returns, the message is done. What the failed try has published on the broker
 * of the message is forgotten; what this method publishes, also by {@link PublishesTo},
 * leaves in its place.</li>
 * <li>{@link AbortMessageException}: the message is given back and tried again after a
 * delay.</li>
 * <li>{@link RejectMessageException}: the message goes to the dead letters now, with the
 * failure as its cause.</li>
 * <li>Any other exception, the failure itself for example: the redelivery policy
 * decides.</li>
 * </ul>
 * <p>
 * Not called for an {@link AbortMessageException} or a {@link RejectMessageException} of
 * the processor, which has decided already, nor for an {@link Error}, nor for what a
 * filter throws. If the message cannot be made into what this method takes, the failure
 * counts as if there were no such method. For an idempotent processor it is called after
 * the rollback of the database.
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(SubscriptionReflectiveProcessor.class)
public @interface OnError {

}
