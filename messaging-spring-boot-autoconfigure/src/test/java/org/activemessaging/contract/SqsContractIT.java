package org.activemessaging.contract;

/**
 * The contract of Amazon SQS.
 */
@Contract(TestedBroker.SQS)
class SqsContractIT extends BrokerContract {

}
