package org.activemessaging.payload;

import java.lang.reflect.Type;

import org.springframework.util.MimeType;

/**
 * Writes objects as text and reads them back. A bean of this type adds a format.
 *
 * @since 0.1.0
 */
public interface PayloadFormat {

	/**
	 * Tells whether this format is meant by a content type.
	 * @param contentType the content type
	 * @return whether it is
	 */
	boolean supports(MimeType contentType);

	/**
	 * Writes an object.
	 * @param payload the object
	 * @return the text
	 * @throws RuntimeException if the object cannot be written
	 */
	String write(Object payload);

	/**
	 * Reads an object.
	 * @param text the text
	 * @param type what to read, taken from the method that wants it and never from a
	 * message
	 * @return the object
	 * @throws RuntimeException if the text does not say such an object
	 */
	Object read(String text, Type type);

}
