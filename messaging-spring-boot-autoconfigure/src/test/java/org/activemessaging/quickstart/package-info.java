/**
 * The quick start of the README, as it is printed there.
 */
package org.activemessaging.quickstart;
