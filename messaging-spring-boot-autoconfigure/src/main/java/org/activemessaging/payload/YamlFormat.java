package org.activemessaging.payload;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.representer.Representer;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.MimeType;

/**
 * YAML by SnakeYAML, from plain values to objects by Jackson. Tags that name a class are
 * refused, and so are documents of more than 3 MB, nested deeper than 50, or whose
 * aliases make much of little. Keys that Ruby wrote as symbols ({@code :latency}) are
 * read without the colon.
 *
 * @since 0.1.0
 */
public final class YamlFormat implements PayloadFormat {

	private final JsonMapper mapper;

	/**
	 * Creates a format.
	 * @param mapper what makes objects of plain values and back; without default typing,
	 * as the type to read is the caller's alone
	 */
	public YamlFormat(JsonMapper mapper) {
		this.mapper = mapper;
	}

	@Override
	public boolean supports(MimeType contentType) {
		String subtype = contentType.getSubtype();
		return subtype.equals("yaml") || subtype.equals("x-yaml") || subtype.endsWith("+yaml");
	}

	@Override
	public String write(Object payload) {
		return yaml().dump(this.mapper.convertValue(payload, Object.class));
	}

	@Override
	public Object read(String text, Type type) {
		Object value = yaml().load(text);
		if (value == null) {
			throw new IllegalArgumentException("The payload is an empty YAML document");
		}
		Object plain = new Expansion(text.length()).of(value, 0);
		return this.mapper.convertValue(plain, this.mapper.constructType(type));
	}

	// Not to be shared by threads.
	private static Yaml yaml() {
		LoaderOptions loading = new LoaderOptions();
		loading.setAllowDuplicateKeys(false);
		DumperOptions dumping = new DumperOptions();
		dumping.setExplicitStart(true);
		dumping.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
		return new Yaml(new SafeConstructor(loading), new Representer(dumping), dumping, loading);
	}

	/**
	 * Copies what aliases point to, within bounds: a document without aliases has fewer
	 * values than characters.
	 */
	private static final class Expansion {

		private static final int DEPTH = 100;

		private int left;

		Expansion(int most) {
			this.left = most;
		}

		@Nullable Object of(@Nullable Object value, int depth) {
			if (--this.left < 0 || depth > DEPTH) {
				throw new IllegalArgumentException("The aliases of the YAML document make too much of it");
			}
			if (value instanceof Map<?, ?> map) {
				Map<String, @Nullable Object> copy = new LinkedHashMap<>();
				map.forEach((key, element) -> copy.put(name(key), of(element, depth + 1)));
				return copy;
			}
			if (value instanceof Iterable<?> elements) {
				List<@Nullable Object> copy = new ArrayList<>();
				elements.forEach((element) -> copy.add(of(element, depth + 1)));
				return copy;
			}
			return value;
		}

		private static String name(@Nullable Object key) {
			if (key instanceof Iterable<?> || key instanceof Map<?, ?>) {
				throw new IllegalArgumentException("A key of the YAML document is not a name");
			}
			String name = String.valueOf(key);
			return (name.length() > 1 && name.startsWith(":")) ? name.substring(1) : name;
		}

	}

}
