package org.activemessaging.samples.benchmark.worker;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A class with as many methods that listen as are asked for, as if somebody had written
 * it.
 */
final class ListenerClass {

	private static final String NAME = "Listeners";

	private ListenerClass() {
	}

	/**
	 * Makes the class.
	 * @param annotation the annotation of the class
	 * @param method the annotation of a method, with {@code #} for its number
	 * @param count how many methods
	 * @return the class
	 * @throws IOException if it cannot be written
	 * @throws ClassNotFoundException if it cannot be compiled
	 */
	static Class<?> create(String annotation, String method, int count) throws IOException, ClassNotFoundException {
		String methods = IntStream.range(0, count)
			.mapToObj((i) -> "\t" + method.replace("#", String.valueOf(i)) + "\n\tvoid on" + i + "(String text) {}\n")
			.collect(Collectors.joining());
		Path directory = Files.createTempDirectory("benchmark");
		Path source = directory.resolve(NAME + ".java");
		Files.writeString(source, annotation + "\nclass " + NAME + " {\n" + methods + "}\n");
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		if (compiler == null) {
			throw new IllegalStateException("A JDK is needed, this Java has no compiler");
		}
		int result = compiler.run(null, null, null, "-proc:none", "-cp", System.getProperty("java.class.path"), "-d",
				directory.toString(), source.toString());
		if (result != 0) {
			throw new IllegalStateException("The listeners do not compile, see the log");
		}
		return new URLClassLoader(new URL[] { directory.toUri().toURL() }, ListenerClass.class.getClassLoader())
			.loadClass(NAME);
	}

}
