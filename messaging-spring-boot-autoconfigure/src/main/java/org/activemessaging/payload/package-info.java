/**
 * Bytes and text to objects and back, by content type and target type, never by a class
 * name in a message.
 */
@NullMarked
package org.activemessaging.payload;

import org.jspecify.annotations.NullMarked;
