/**
 * What clients have in common that only look like ones of Jakarta Messaging, and the
 * transactions of brokers that have none.
 */
@NullMarked
package org.activemessaging.broker.facade;

import org.jspecify.annotations.NullMarked;
