/**
 * Classes with the annotations of a processor, one of which is a processor.
 */
package org.activemessaging.autoconfigure.candidates;
