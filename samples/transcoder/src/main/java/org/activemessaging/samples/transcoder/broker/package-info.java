/**
 * A broker for the other processes, for where none is installed.
 */
@NullMarked
package org.activemessaging.samples.transcoder.broker;

import org.jspecify.annotations.NullMarked;
