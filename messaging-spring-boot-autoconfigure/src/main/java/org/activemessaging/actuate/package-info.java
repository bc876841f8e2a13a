/**
 * The endpoint and the health indicator.
 */
@NullMarked
package org.activemessaging.actuate;

import org.jspecify.annotations.NullMarked;
