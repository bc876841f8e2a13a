package org.activemessaging.quickstart;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

@Processor
class ClickProcessor {

	private static final Log logger = LogFactory.getLog(ClickProcessor.class);

	@SubscribesTo("clickstream")
	void onClick(Click click) {
		logger.info(click.session() + " looks at " + click.uri());
	}

}
