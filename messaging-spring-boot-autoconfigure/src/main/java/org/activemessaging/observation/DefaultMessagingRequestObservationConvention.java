package org.activemessaging.observation;

/**
 * The names and keys that nobody has replaced.
 */
final class DefaultMessagingRequestObservationConvention implements MessagingRequestObservationConvention {

}
