/**
 * Brokers in processes of their own, so that they can be killed while a sample runs.
 */
@NullMarked
package org.activemessaging.samples.broker;

import org.jspecify.annotations.NullMarked;
