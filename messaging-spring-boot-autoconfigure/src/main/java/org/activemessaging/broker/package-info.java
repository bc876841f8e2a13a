/**
 * Named broker profiles, the connection factory behind each, and what an adapter must be
 * able to do.
 */
@NullMarked
package org.activemessaging.broker;

import org.jspecify.annotations.NullMarked;
