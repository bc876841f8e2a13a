package org.activemessaging.quickstart.model;

import java.net.URI;
import java.net.URISyntaxException;

import org.activemessaging.AbortMessageException;
import org.activemessaging.OnError;
import org.activemessaging.Processor;
import org.activemessaging.PublishesTo;
import org.activemessaging.SubscribesTo;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.TransientDataAccessException;
import org.springframework.messaging.handler.annotation.Header;

@Processor
class VisitProcessor {

	@SubscribesTo("clickstream")
	@PublishesTo("visits")
	@Nullable Visit onClick(Click click, @Header(name = "referrer", defaultValue = "") String referrer)
			throws URISyntaxException {
		String host = new URI(referrer).getHost();
		return (host != null) ? new Visit(click.session(), host) : null;
	}

	@OnError
	@PublishesTo("odd-clicks")
	Click onError(URISyntaxException failure, Click click) {
		return click;
	}

	@OnError
	void onError(TransientDataAccessException failure) {
		throw new AbortMessageException("The database is busy", failure);
	}

}
