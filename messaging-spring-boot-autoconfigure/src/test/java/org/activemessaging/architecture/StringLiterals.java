package org.activemessaging.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The string literals of a Java source. Literals that are concatenated are one, with
 * {@value #GAP} for each value between them.
 */
final class StringLiterals {

	static final String GAP = "<>";

	private static final Pattern TOKEN = Pattern.compile("""
			(?sx)
			  //[^\\n]*+
			| /\\*.*?\\*/
			| (?<character>'(?:\\\\.|[^'\\\\])++')
			| \"""(?<block>(?:\\\\.|[^\\\\])*?)\"""
			| "(?<text>(?:\\\\.|[^"\\\\])*+)"
			""");

	private final List<String> literals = new ArrayList<>();

	private StringLiterals() {
	}

	static List<String> in(String source) {
		StringLiterals literals = new StringLiterals();
		StringBuilder code = new StringBuilder();
		Matcher token = TOKEN.matcher(source);
		int position = 0;
		while (token.find()) {
			code.append(source, position, token.start());
			position = token.end();
			if (token.group("character") != null) {
				code.append(token.group("character"));
			}
			else if (token.group("text") != null || token.group("block") != null) {
				literals.add(code.toString().strip(),
						(token.group("text") != null) ? token.group("text") : token.group("block"));
				code.setLength(0);
			}
		}
		literals.endOfLast((code + source.substring(position)).strip());
		return literals.literals;
	}

	private void add(String codeBefore, String literal) {
		if (!this.literals.isEmpty() && isConcatenation(codeBefore)) {
			String gap = codeBefore.equals("+") ? "" : GAP;
			this.literals.add(removeLast() + gap + literal);
		}
		else {
			endOfLast(codeBefore);
			this.literals.add(literal);
		}
	}

	private void endOfLast(String codeAfter) {
		if (!this.literals.isEmpty() && codeAfter.startsWith("+")) {
			this.literals.add(removeLast() + GAP);
		}
	}

	private String removeLast() {
		return this.literals.remove(this.literals.size() - 1);
	}

	private static boolean isConcatenation(String code) {
		if (!code.startsWith("+") || !code.endsWith("+")) {
			return false;
		}
		int depth = 0;
		for (char character : code.toCharArray()) {
			depth += switch (character) {
				case '(', '[', '{' -> 1;
				case ')', ']', '}' -> -1;
				default -> 0;
			};
			if (depth < 0 || (depth == 0 && (character == ',' || character == ';'))) {
				return false;
			}
		}
		return depth == 0;
	}

}
