package org.activemessaging.samples.transcoder.site;

import java.util.Enumeration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import org.activemessaging.MessagePublisher;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.samples.transcoder.video.EncodeRequest;
import org.activemessaging.samples.transcoder.video.EncodingProfile;
import org.activemessaging.samples.transcoder.video.Progress;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.annotation.Profile;
import org.springframework.jms.JmsException;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Tells visitors of videos that were given up, by a look at the dead letters, which stay
 * where they are for an operator. So nobody has to be told at the moment of a failure, in
 * which an encoder may be killed.
 */
@Component
@Profile("!encoders")
final class DeadLetterWatch {

	private static final Log logger = LogFactory.getLog(DeadLetterWatch.class);

	private final NamedDestinations destinations;

	private final JmsTemplate jms;

	private final Catalogue catalogue;

	private final MessagePublisher publisher;

	DeadLetterWatch(NamedDestinations destinations, JmsTemplate jms, Catalogue catalogue, MessagePublisher publisher) {
		this.destinations = destinations;
		this.jms = jms;
		this.catalogue = catalogue;
		this.publisher = publisher;
	}

	@Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
	void look() {
		if (!this.catalogue.hasWaiting()) {
			return;
		}
		NamedDestination encode = this.destinations.get("encode");
		String queue = encode.deadLetterAddress(encode.subscribeAddress(null)).name();
		try {
			this.jms.browse(queue, (session, browser) -> noteAll(browser));
		}
		catch (JmsException ex) {
			logger.debug("The dead letters cannot be seen", ex);
		}
	}

	private int noteAll(QueueBrowser browser) throws JMSException {
		int news = 0;
		for (Enumeration<?> letters = browser.getEnumeration(); letters.hasMoreElements();) {
			Message letter = (Message) letters.nextElement();
			try {
				news += note(letter) ? 1 : 0;
			}
			catch (IllegalArgumentException ex) {
				logger.debug("A dead letter is about no video: " + letter.getJMSMessageID(), ex);
			}
		}
		return news;
	}

	private boolean note(Message letter) throws JMSException {
		String video = letter.getStringProperty(EncodeRequest.VIDEO_HEADER);
		String profile = letter.getStringProperty(EncodeRequest.PROFILE_HEADER);
		if (video == null || profile == null) {
			return false;
		}
		UUID id = UUID.fromString(video);
		String cause = letter.getStringProperty(MessagingHeaders.EXCEPTION_MESSAGE);
		boolean news = this.catalogue.fail(id, EncodingProfile.of(profile), (cause != null) ? cause : "unknown");
		if (news) {
			this.publisher.publish("progress",
					new Progress(id, EncodingProfile.of(profile), Progress.State.FAILED, 0, null));
		}
		return news;
	}

}
