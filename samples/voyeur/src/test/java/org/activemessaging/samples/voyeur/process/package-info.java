/**
 * The processes of the integration tests, and who talks to them.
 */
@NullMarked
package org.activemessaging.samples.voyeur.process;

import org.jspecify.annotations.NullMarked;
