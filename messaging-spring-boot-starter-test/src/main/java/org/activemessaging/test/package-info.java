/**
 * Tests of applications that process and publish messages, with brokers in memory.
 */
@NullMarked
package org.activemessaging.test;

import org.jspecify.annotations.NullMarked;
