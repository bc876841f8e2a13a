package org.activemessaging.quickstart.model;

import java.util.List;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.WindowFailureException;

@Processor
class SearchIndexProcessor {

	private final SearchIndex index;

	SearchIndexProcessor(SearchIndex index) {
		this.index = index;
	}

	@SubscribesTo("visits")
	void onVisits(List<Visit> visits) {
		for (int i = 0; i < visits.size(); i++) {
			try {
				this.index.add(visits.get(i));
			}
			catch (IllegalArgumentException ex) {
				throw WindowFailureException.stoppedAt(i, ex);
			}
		}
		this.index.refresh();
	}

}
