package org.activemessaging.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks the contract of one broker: a class with one nested class for each area.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ExtendWith(ContractExtension.class)
@interface Contract {

	/**
	 * The broker that the areas are run with.
	 */
	TestedBroker value();

	/**
	 * Whether the broker runs in a container, instead of a process of the test.
	 */
	boolean inContainer() default false;

}
