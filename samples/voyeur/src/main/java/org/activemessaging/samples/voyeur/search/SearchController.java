package org.activemessaging.samples.voyeur.search;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import org.activemessaging.samples.voyeur.recording.Visitor;
import org.activemessaging.samples.voyeur.stream.ComponentFailure;
import org.activemessaging.samples.voyeur.stream.DataStream;
import org.activemessaging.samples.voyeur.stream.Query;
import org.activemessaging.samples.voyeur.stream.Stenographer;
import org.activemessaging.samples.voyeur.stream.StreamEvent;
import org.activemessaging.samples.voyeur.stream.Suggestion;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The search page.
 */
@Controller
@Profile("!analytics")
final class SearchController {

	private static final int QUERY_LENGTH = 100;

	private static final int SHOWN = 10;

	private final Encyclopedia encyclopedia;

	private final SearchIndex index;

	private final Belushinator belushinator;

	private final Stenographer stenographer;

	private final Clock clock = Clock.systemUTC();

	SearchController(Encyclopedia encyclopedia, SearchIndex index, Belushinator belushinator,
			Stenographer stenographer) {
		this.encyclopedia = encyclopedia;
		this.index = index;
		this.belushinator = belushinator;
		this.stenographer = stenographer;
	}

	/**
	 * Shows the search field, and what was found.
	 * @param q what is searched for
	 * @param instead what the visitor had typed before they followed a suggestion
	 * @param visitor the visitor
	 * @param model the model of the page
	 * @return the name of the view
	 */
	@GetMapping("/")
	String search(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String instead,
			@RequestAttribute(Visitor.ATTRIBUTE) Visitor visitor, Model model) {
		String terms = StreamEvent.text(q, QUERY_LENGTH).strip();
		model.addAttribute("q", terms).addAttribute("articles", this.encyclopedia.all());
		if (!terms.isEmpty()) {
			if (!instead.isBlank()) {
				recordSuggestion(visitor, StreamEvent.text(instead, QUERY_LENGTH).strip(), terms, true);
			}
			search(terms, visitor, model);
			suggest(terms, visitor, model);
		}
		return "search";
	}

	private void search(String terms, Visitor visitor, Model model) {
		long began = System.nanoTime();
		List<SearchIndex.Hit> hits = this.index.search(terms);
		double latency = (System.nanoTime() - began) / 1e6;
		this.stenographer.record(DataStream.QUERYSTREAM,
				new Query(visitor.sessionId(), terms, hits.size(), latency, this.clock.instant()));
		model.addAttribute("hits", hits.stream().limit(SHOWN).toList())
			.addAttribute("found", hits.size())
			.addAttribute("latency", latency);
	}

	private void suggest(String terms, Visitor visitor, Model model) {
		Optional<String> suggestion;
		try {
			suggestion = this.belushinator.suggest(terms);
		}
		catch (IllegalStateException ex) {
			model.addAttribute("failed", "belushinator");
			this.stenographer.record(DataStream.COMPONENTERRORSTREAM, new ComponentFailure(visitor.sessionId(),
					"belushinator", "/", String.valueOf(ex.getMessage()), this.clock.instant()));
			return;
		}
		suggestion.ifPresent((text) -> {
			model.addAttribute("suggestion", text);
			recordSuggestion(visitor, terms, text, false);
		});
	}

	private void recordSuggestion(Visitor visitor, String input, String suggestion, boolean accepted) {
		this.stenographer.record(DataStream.BELUSHINATORSTREAM,
				new Suggestion(visitor.sessionId(), input, suggestion, accepted, this.clock.instant()));
	}

}
