/**
 * The outbound flow from publish call to the broker's word.
 */
@NullMarked
package org.activemessaging.publisher;

import org.jspecify.annotations.NullMarked;
