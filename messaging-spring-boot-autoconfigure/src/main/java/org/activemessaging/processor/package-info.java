/**
 * Discovery of processors and invocation of one.
 */
@NullMarked
package org.activemessaging.processor;

import org.jspecify.annotations.NullMarked;
