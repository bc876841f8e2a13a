/**
 * What an application imports to process or to publish a message.
 */
@NullMarked
package org.activemessaging;

import org.jspecify.annotations.NullMarked;
