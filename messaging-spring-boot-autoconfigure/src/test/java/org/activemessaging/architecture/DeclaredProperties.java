package org.activemessaging.architecture;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * The properties under {@code messaging}, by name, with their descriptions. The generated
 * metadata ends at a map; where the values of a map are records of ours, this goes on
 * into them, with {@code *} for the key.
 */
final class DeclaredProperties {

	private static final Path METADATA = Path.of("target/classes/META-INF/spring-configuration-metadata.json");

	private static final Path SOURCES = Path.of("src/main/java");

	private static final String ONE_KEY = ".*";

	private static final String ANY_KEYS = ".**";

	private static final Pattern MAP = Pattern.compile("java\\.util\\.Map<java\\.lang\\.String,(.+)>");

	private static final Pattern PARAMETER = Pattern.compile("@param\\s+(\\w+)\\s((?:[^@]|(?<=\\{)@)*)");

	private final Map<String, String> descriptions = new TreeMap<>();

	private DeclaredProperties() {
	}

	static DeclaredProperties read() throws IOException {
		DeclaredProperties properties = new DeclaredProperties();
		for (JsonNode property : new JsonMapper().readTree(Files.readString(METADATA)).path("properties")) {
			String name = property.path("name").asString();
			if (name.startsWith("messaging.")) {
				properties.add(name, property.path("type").asString(""), property.path("description").asString(""));
			}
		}
		return properties;
	}

	/**
	 * Returns the descriptions by name; empty where there is none.
	 * @return the descriptions
	 */
	Map<String, String> descriptions() {
		return Collections.unmodifiableMap(this.descriptions);
	}

	/**
	 * Whether a name is the one of a property, or of a group of properties.
	 * @param name the name, with {@code *} where the key of a map is left open
	 * @return whether there is such a name
	 */
	boolean contains(String name) {
		return this.descriptions.keySet().stream().anyMatch((declared) -> matches(name, declared));
	}

	private static boolean matches(String name, String declared) {
		String[] elements = name.split("\\.");
		String[] declaredElements = declared.split("\\.");
		for (int i = 0; i < elements.length; i++) {
			if (i == declaredElements.length) {
				return false;
			}
			if (declaredElements[i].equals("**")) {
				return true;
			}
			if (!declaredElements[i].equals("*") && !declaredElements[i].equals(elements[i])) {
				return false;
			}
		}
		return true;
	}

	private void add(String name, String type, String description) throws IOException {
		this.descriptions.put(name, description);
		Matcher map = MAP.matcher(type);
		if (map.matches()) {
			String values = map.group(1);
			addValues(name, description, values.startsWith(RoomsTests.BASE)
					? ClassUtils.resolveClassName(values, getClass().getClassLoader()) : Object.class);
		}
	}

	private void addValues(String name, String description, Type values) throws IOException {
		if (values instanceof Class<?> type && type.isRecord()) {
			addComponents(name + ONE_KEY, type);
		}
		else {
			this.descriptions.put(name + ANY_KEYS, description);
		}
	}

	private void addComponents(String prefix, Class<?> type) throws IOException {
		Map<String, String> parameters = parametersOf(type);
		for (RecordComponent component : type.getRecordComponents()) {
			String name = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
			String description = parameters.getOrDefault(component.getName(), "");
			this.descriptions.put(name, description);
			if (component.getType().isRecord()) {
				addComponents(name, component.getType());
			}
			else if (component.getType() == Map.class
					&& component.getGenericType() instanceof ParameterizedType parameterized) {
				addValues(name, description, parameterized.getActualTypeArguments()[1]);
			}
		}
	}

	/**
	 * Reads the {@code @param} tags of a record from its source.
	 * @param type the record
	 * @return the texts of the tags by name
	 */
	private static Map<String, String> parametersOf(Class<?> type) throws IOException {
		String name = type.getName();
		String topLevel = name.split("\\$")[0];
		String source = Files.readString(SOURCES.resolve(topLevel.replace('.', '/') + ".java"));
		int declaration = 0;
		for (String simpleName : name.substring(type.getPackageName().length() + 1).split("\\$")) {
			Matcher matcher = Pattern.compile("\\b(record|class)\\s+" + simpleName + "\\b").matcher(source);
			Assert.state(matcher.find(declaration), () -> "No declaration of " + name);
			declaration = matcher.start();
		}
		int start = Math.max(source.lastIndexOf("/**", declaration), 0);
		int end = Math.max(source.indexOf("*/", start), 0);
		boolean documented = end < declaration && !source.substring(end, declaration).matches("(?s).*[;}].*");
		Map<String, String> parameters = new TreeMap<>();
		if (documented) {
			Matcher matcher = PARAMETER.matcher(source.substring(start, end).replaceAll("\\s*\\n\\s*\\*\\s?", " "));
			while (matcher.find()) {
				parameters.put(matcher.group(1), matcher.group(2).strip());
			}
		}
		return parameters;
	}

}
