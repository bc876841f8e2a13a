package org.activemessaging.autoconfigure.candidates;

import org.activemessaging.SubscribesTo;

@SubscribesTo("orders")
abstract class AbstractNews {

	abstract void onMessage(String text);

}
