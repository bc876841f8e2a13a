package org.activemessaging.autoconfigure.candidates;

import org.activemessaging.SubscribesTo;

class ForgottenProcessor {

	@SubscribesTo("${forgotten:orders}")
	@SubscribesTo("news")
	private void onMessage(String text) {
	}

}
