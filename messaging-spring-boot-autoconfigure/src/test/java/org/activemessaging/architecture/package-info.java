/**
 * What the compiler cannot check: who may use whom, habits, and the words of the
 * configuration.
 */
@NullMarked
package org.activemessaging.architecture;

import org.jspecify.annotations.NullMarked;
