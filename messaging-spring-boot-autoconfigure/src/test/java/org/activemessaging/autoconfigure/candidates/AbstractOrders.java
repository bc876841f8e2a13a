package org.activemessaging.autoconfigure.candidates;

import org.activemessaging.SubscribesTo;

abstract class AbstractOrders {

	@SubscribesTo("clicks")
	void onClick(String click) {
	}

}
