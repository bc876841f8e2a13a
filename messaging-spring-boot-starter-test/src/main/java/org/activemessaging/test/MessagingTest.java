package org.activemessaging.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test of processors and nothing else: messaging with its processors, filters and
 * converters, and brokers in memory. There is no web server and no database; other beans
 * come by {@code @Import}, or as mocks by {@code @MockitoBean}.
 *
 * @since 0.1.0
 * @see MessagingHarness
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(MessagingTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(MessagingTypeExcludeFilter.class)
@AutoConfigureTestMessaging
@ImportAutoConfiguration
public @interface MessagingTest {

	/**
	 * Properties to add to the environment.
	 * @return the properties, as {@code key=value}
	 */
	String[] properties() default {};

	/**
	 * The processors to test; an alias of {@link #processors()}.
	 * @return the classes, by default all
	 */
	@AliasFor("processors")
	Class<?>[] value() default {};

	/**
	 * The processors to test.
	 * @return the classes, by default all
	 */
	@AliasFor("value")
	Class<?>[] processors() default {};

	/**
	 * Whether what belongs to messaging is found by itself.
	 * @return whether it is, by default it is
	 */
	boolean useDefaultFilters() default true;

	/**
	 * What else is to be found.
	 * @return the filters
	 */
	Filter[] includeFilters() default {};

	/**
	 * What is not to be found.
	 * @return the filters
	 */
	Filter[] excludeFilters() default {};

	/**
	 * Auto-configurations to leave out.
	 * @return the classes
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

	/**
	 * See {@link AutoConfigureTestMessaging#keep()}.
	 * @return the names, by default none
	 */
	@AliasFor(annotation = AutoConfigureTestMessaging.class)
	String[] keep() default {};

	/**
	 * See {@link AutoConfigureTestMessaging#synchronous()}.
	 * @return whether it does, by default not
	 */
	@AliasFor(annotation = AutoConfigureTestMessaging.class)
	boolean synchronous() default false;

	/**
	 * See {@link AutoConfigureTestMessaging#duplicates()}.
	 * @return whether it is, by default not
	 */
	@AliasFor(annotation = AutoConfigureTestMessaging.class)
	boolean duplicates() default false;

	/**
	 * See {@link AutoConfigureTestMessaging#firstTryFails()}.
	 * @return whether it does, by default not
	 */
	@AliasFor(annotation = AutoConfigureTestMessaging.class)
	boolean firstTryFails() default false;

}
