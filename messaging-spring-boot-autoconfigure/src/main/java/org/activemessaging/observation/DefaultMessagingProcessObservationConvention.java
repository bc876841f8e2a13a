package org.activemessaging.observation;

/**
 * What is observed where nobody says otherwise.
 */
final class DefaultMessagingProcessObservationConvention implements MessagingProcessObservationConvention {

}
