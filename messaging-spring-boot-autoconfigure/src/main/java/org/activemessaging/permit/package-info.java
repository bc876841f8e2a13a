/**
 * Permits, held by the broker, for how many messages of a processor are in work in all
 * instances of an application together.
 */
@NullMarked
package org.activemessaging.permit;

import org.jspecify.annotations.NullMarked;
