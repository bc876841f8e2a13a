/**
 * any broker of Jakarta Messaging.
 */
@NullMarked
package org.activemessaging.broker.jms;

import org.jspecify.annotations.NullMarked;
