/**
 * CloudEvents: events whose attributes have the same names everywhere, in the structured
 * and in the binary mode.
 */
@NullMarked
package org.activemessaging.cloudevents;

import org.jspecify.annotations.NullMarked;
