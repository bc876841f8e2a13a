/**
 * A broker inside the JVM, for tests and first steps.
 */
@NullMarked
package org.activemessaging.broker.memory;

import org.jspecify.annotations.NullMarked;
