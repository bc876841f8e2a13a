package org.activemessaging.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.activemessaging.broker.Capability;

/**
 * What a test needs. Where a broker declares that it has no such capability, the test is
 * not applicable; that the declaration is true, {@link CapabilityArea} proves.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@interface Requires {

	/**
	 * The capabilities without which there is nothing to test.
	 */
	Capability[] value() default {};

	/**
	 * What the broker of the test must be able to do.
	 */
	Trait[] traits() default {};

	/**
	 * Something about the broker of a test.
	 */
	enum Trait {

		/**
		 * It keeps its messages when it is killed and started again.
		 */
		KEEPS_MESSAGES,

		/**
		 * It keeps its messages, and serves again soon after.
		 */
		RECOVERS_SOON,

		/**
		 * It refuses wrong credentials.
		 */
		REFUSES_STRANGERS,

		/**
		 * It knows permissions on queues.
		 */
		KNOWS_PERMISSIONS,

		/**
		 * It takes no payload of 2 MiB.
		 */
		LIMITS_PAYLOADS,

		/**
		 * A message can say where an answer is to go.
		 */
		KNOWS_REPLY_TO,

		/**
		 * It is no part of an application, and is there when that is killed.
		 */
		OUTLIVES_APPLICATIONS,

		/**
		 * A client's link to it can be cut.
		 */
		CUTTABLE

	}

}
