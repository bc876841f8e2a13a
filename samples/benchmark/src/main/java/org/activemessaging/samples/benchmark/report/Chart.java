package org.activemessaging.samples.benchmark.report;

import java.util.List;
import java.util.Locale;

/**
 * Bars of what was measured, for light and dark pages.
 */
final class Chart {

	private static final List<String> SECTIONS = List.of("consume-activemq-1", "consume-activemq-4", "publish-32",
			"publish-1");

	private static final int WIDTH = 860;

	private static final int LABELS = 330;

	private static final int BAR = 18;

	private static final int ROW = 26;

	private static final int TITLE = 44;

	private static final String STYLE = """
			<style>
			text { font: 13px system-ui, sans-serif; fill: #1f2328 }
			.title { font-weight: 600 } .number { font-variant-numeric: tabular-nums }
			.bar { fill: #8c959f } .ours { fill: #0969da } .spread { stroke: #1f2328; stroke-width: 1.5; opacity: .55 }
			@media (prefers-color-scheme: dark) {
			text { fill: #e6edf3 } .bar { fill: #6e7681 } .ours { fill: #58a6ff } .spread { stroke: #e6edf3 }
			}
			</style>
			""";

	private final StringBuilder body = new StringBuilder();

	private final Report report;

	private int y;

	Chart(Report report) {
		this.report = report;
	}

	String svg() {
		for (String id : SECTIONS) {
			Section section = this.report.section(id);
			if (!section.all().isEmpty()) {
				draw(section);
			}
		}
		return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + (this.y + 10)
				+ "\" role=\"img\" aria-label=\"Messages per second, by candidate\">\n" + STYLE + this.body
				+ "</svg>\n";
	}

	private void draw(Section section) {
		text(8, this.y + 28, "title", section.title() + ", " + section.unit());
		this.y += TITLE;
		double largest = section.all().stream().mapToDouble(Series::max).max().orElse(1);
		double scale = (WIDTH - LABELS - 90) / largest;
		for (Series series : section.all()) {
			text(8, this.y + 14, "label", series.label());
			String bar = series.label().startsWith("ActiveMessaging") ? "bar ours" : "bar";
			this.body.append(String.format(Locale.ROOT,
					"<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n", bar, LABELS,
					this.y, Math.max(1, series.median() * scale), BAR));
			double middle = this.y + BAR / 2.0;
			this.body.append(String.format(Locale.ROOT,
					"<line class=\"spread\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
					LABELS + series.min() * scale, middle, LABELS + series.max() * scale, middle));
			text((int) (LABELS + series.max() * scale) + 8, this.y + 14, "number", Numbers.format(series.median()));
			this.y += ROW;
		}
	}

	private void text(int x, int y, String style, String text) {
		this.body.append("<text class=\"" + style + "\" x=\"" + x + "\" y=\"" + y + "\">"
				+ text.replace("&", "&amp;").replace("<", "&lt;") + "</text>\n");
	}

}
