package org.activemessaging.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.PropertyMapping;

/**
 * Puts brokers in memory in the place of those that the application declares, and adds a
 * {@link MessagingHarness}: for {@code @SpringBootTest}. {@link MessagingTest} includes
 * it. Brokers of Testcontainers, with a {@code @ServiceConnection}, are not replaced.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
@PropertyMapping("spring.test.messaging")
public @interface AutoConfigureTestMessaging {

	/**
	 * The names of brokers that are not replaced. The harness sees nothing of them.
	 * @return the names, by default none
	 */
	String[] keep() default {};

	/**
	 * Whether a publish runs the processors on its own thread before it returns, and
	 * throws what they throw, instead of going through a queue.
	 * @return whether it does, by default not
	 */
	boolean synchronous() default false;

	/**
	 * Whether each message is delivered twice, with the same {@code am_id}. Effects have
	 * to be the same: see {@link MessagingHarness#duplicates(boolean)}.
	 * @return whether it is, by default not
	 */
	boolean duplicates() default false;

	/**
	 * Whether the first try of each message fails after its processor has returned. See
	 * {@link MessagingHarness#firstTryFails(boolean)}.
	 * @return whether it does, by default not
	 */
	boolean firstTryFails() default false;

}
