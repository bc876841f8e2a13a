/**
 * Tests of the test support, which are the examples of its page.
 */
package org.activemessaging.test;
