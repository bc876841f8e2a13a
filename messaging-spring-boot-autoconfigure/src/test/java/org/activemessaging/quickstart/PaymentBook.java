package org.activemessaging.quickstart;

import org.activemessaging.OrderedBy;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;

@Processor
class PaymentBook {

	@SubscribesTo("payments")
	@OrderedBy("payload.account")
	void onPayment(Payment payment) {
		// One payment of an account after the other, those of several accounts at once.
	}

}
