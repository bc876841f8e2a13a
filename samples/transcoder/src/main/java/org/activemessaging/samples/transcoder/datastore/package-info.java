/**
 * The folder that the site and all encoders share.
 */
@NullMarked
package org.activemessaging.samples.transcoder.datastore;

import org.jspecify.annotations.NullMarked;
