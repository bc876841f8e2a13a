/**
 * One message at a time, for who asks for it: from the broker to the caller and back.
 */
@NullMarked
package org.activemessaging.receiver;

import org.jspecify.annotations.NullMarked;
