package org.activemessaging;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;

/**
 * Marks a bean that handles messages. The bean says with {@link SubscribesTo} which
 * destinations it handles, on the class or on its methods; a processor that subscribes to
 * nothing stops the start of the application.
 * <p>
 * Processors are singletons: with a concurrency above one, several threads call the same
 * object.
 *
 * @since 0.1.0
 * @see SubscribesTo
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Component
public @interface Processor {

	/**
	 * The bean name of the processor, from which its id is derived.
	 * @return the bean name, or an empty string for the default one
	 */
	@AliasFor(annotation = Component.class)
	String value() default "";

}
