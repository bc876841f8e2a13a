/**
 * Who publishes what, and who consumes it, as a graph and as an AsyncAPI document.
 */
@NullMarked
package org.activemessaging.operations.topology;

import org.jspecify.annotations.NullMarked;
