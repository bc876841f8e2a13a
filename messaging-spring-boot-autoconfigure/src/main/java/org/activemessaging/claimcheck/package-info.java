/**
 * Large payloads in a store beside the broker, and what their messages carry instead.
 */
@NullMarked
package org.activemessaging.claimcheck;

import org.jspecify.annotations.NullMarked;
