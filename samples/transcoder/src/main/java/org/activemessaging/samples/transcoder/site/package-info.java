/**
 * The pages, the catalogue, and what visitors are told.
 */
@NullMarked
package org.activemessaging.samples.transcoder.site;

import org.jspecify.annotations.NullMarked;
