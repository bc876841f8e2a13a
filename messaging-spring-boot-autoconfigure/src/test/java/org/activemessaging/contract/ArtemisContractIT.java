package org.activemessaging.contract;

/**
 * The contract of Artemis.
 */
@Contract(TestedBroker.ARTEMIS)
class ArtemisContractIT extends BrokerContract {

}
