/**
 * Processors in Java for clients in Ruby, Python and Node.
 */
@NullMarked
package org.activemessaging.samples.polyglot;

import org.jspecify.annotations.NullMarked;
