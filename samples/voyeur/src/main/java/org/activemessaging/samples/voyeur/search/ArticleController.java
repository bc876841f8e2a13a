package org.activemessaging.samples.voyeur.search;

import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/**
 * The page of an article, and one that never works.
 */
@Controller
@Profile("!analytics")
final class ArticleController {

	private final Encyclopedia encyclopedia;

	private final SearchIndex index;

	ArticleController(Encyclopedia encyclopedia, SearchIndex index) {
		this.encyclopedia = encyclopedia;
		this.index = index;
	}

	@GetMapping("/articles/{slug}")
	String article(@PathVariable String slug, Model model) {
		Article article = this.encyclopedia.find(slug)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such article"));
		model.addAttribute("article", article)
			.addAttribute("related",
					this.index.search(article.title() + " " + article.summary())
						.stream()
						.map(SearchIndex.Hit::article)
						.filter((other) -> !other.equals(article))
						.limit(3)
						.toList());
		return "article";
	}

	@GetMapping("/boom")
	String boom() {
		throw new IllegalStateException("Boom: this page fails on purpose");
	}

}
