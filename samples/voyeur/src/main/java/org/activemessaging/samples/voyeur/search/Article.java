package org.activemessaging.samples.voyeur.search;

import java.util.List;

/**
 * An article of the encyclopedia.
 *
 * @param slug the name of the article in its address
 * @param title the title
 * @param summary one sentence
 * @param paragraphs the text
 */
record Article(String slug, String title, String summary, List<String> paragraphs) {

	Article {
		paragraphs = List.copyOf(paragraphs);
	}

}
