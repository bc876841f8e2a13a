package org.activemessaging.samples.transcoder.site;

import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.samples.transcoder.video.Encoding;
import org.activemessaging.samples.transcoder.video.Progress;

/**
 * Keeps the metadata of what was encoded, and tells the pages of all instances. One that
 * comes twice is kept once; to tell of it twice does no harm.
 */
@Processor
final class CatalogueProcessor {

	private final Catalogue catalogue;

	private final MessagePublisher publisher;

	CatalogueProcessor(Catalogue catalogue, MessagePublisher publisher) {
		this.catalogue = catalogue;
		this.publisher = publisher;
	}

	@SubscribesTo(value = "encodings", id = "catalogue")
	void onMessage(Encoding encoding) {
		this.catalogue.complete(encoding);
		this.publisher.publish("progress",
				new Progress(encoding.video(), encoding.profile(), Progress.State.DONE, 100, encoding.encoder()));
	}

}
