package org.activemessaging.contract;

import org.junit.jupiter.api.Tag;

/**
 * The contract of Artemis by STOMP. With every build there is {@code StompArtemisIT}.
 */
@Tag("long")
@Contract(TestedBroker.STOMP_ARTEMIS)
class StompArtemisContractIT extends BrokerContract {

}
