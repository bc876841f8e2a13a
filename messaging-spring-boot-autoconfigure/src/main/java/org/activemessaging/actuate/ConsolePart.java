package org.activemessaging.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.activemessaging.operations.UnknownNameException;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.MimeType;

/**
 * The page for people: {@code console}, and the files that it is made of. It reads the
 * endpoint and nothing else.
 *
 * @since 0.1.0
 */
public final class ConsolePart implements EndpointPart {

	static final String NAME = "console";

	private static final String PAGE = "console.html";

	private static final Map<String, MimeType> FILES = files();

	@Override
	public String name() {
		return NAME;
	}

	private static Map<String, MimeType> files() {
		Map<String, MimeType> files = new LinkedHashMap<>();
		for (String script : List.of("app.js", "chart.js", "data.js", "dom.js", "format.js", "overview.js",
				"destination.js", "processor.js", "doctor.js", "redrive.js", "topology.js", "table.js", "uPlot.js")) {
			files.put(script, MimeType.valueOf("text/javascript;charset=UTF-8"));
		}
		files.put("console.css", MimeType.valueOf("text/css;charset=UTF-8"));
		files.put("uPlot.css", MimeType.valueOf("text/css;charset=UTF-8"));
		files.put("uPlot-LICENSE.txt", MimeType.valueOf("text/plain;charset=UTF-8"));
		return files;
	}

	// Only names of the list lead to a file, so that no path can lead elsewhere.
	@Override
	public WebEndpointResponse<?> read(List<String> path, RequestParameters parameters) {
		if (path.isEmpty()) {
			return file(PAGE, MimeType.valueOf("text/html;charset=UTF-8"));
		}
		MimeType type = (path.size() == 1) ? FILES.get(path.get(0)) : null;
		if (type == null) {
			throw new UnknownNameException(path.get(path.size() - 1), FILES.keySet());
		}
		return file(path.get(0), type);
	}

	private static WebEndpointResponse<?> file(String name, MimeType type) {
		return new WebEndpointResponse<>(new ClassPathResource("console/" + name, ConsolePart.class), type);
	}

}
