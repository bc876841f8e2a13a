/**
 * The processes of the integration test, and who talks to them.
 */
@NullMarked
package org.activemessaging.samples.transcoder.process;

import org.jspecify.annotations.NullMarked;
