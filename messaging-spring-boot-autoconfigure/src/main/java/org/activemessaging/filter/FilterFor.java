package org.activemessaging.filter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Restricts a {@link MessageFilter}: on its class, or on the {@code @Bean} method that
 * makes it.
 *
 * @since 0.1.0
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface FilterFor {

	/**
	 * The directions in which the filter is called.
	 * @return the directions, by default both
	 */
	Direction[] direction() default { Direction.INBOUND, Direction.OUTBOUND };

	/**
	 * The destinations for which alone the filter is called.
	 * @return logical names; by default all destinations
	 */
	String[] only() default {};

	/**
	 * The destinations for which the filter is not called.
	 * @return logical names; by default none
	 */
	String[] except() default {};

}
