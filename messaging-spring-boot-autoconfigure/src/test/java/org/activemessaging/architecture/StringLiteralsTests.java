package org.activemessaging.architecture;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StringLiterals}.
 */
class StringLiteralsTests {

	@Test
	void literalsAreReadInOrder() {
		assertThat(StringLiterals.in("call(\"a\", \"b \\\" c\"); return \"d\";")).containsExactly("a", "b \\\" c", "d");
	}

	@Test
	void commentsAndCharactersAreNotLiterals() {
		assertThat(StringLiterals.in("// \"a\"\n/* \"b\" */ char c = '\"'; String d = \"d\";")).containsExactly("d");
	}

	@Test
	void valuesBetweenConcatenatedLiteralsAreGaps() {
		assertThat(StringLiterals.in("\"a.\" + name(1, 'x') + \".b\" + // c\n\"d\" + end;"))
			.containsExactly("a.<>.bd<>");
	}

	@Test
	void argumentsAreNotConcatenated() {
		assertThat(StringLiterals.in("call(\"a\" + b, c + \"d\")")).containsExactly("a<>", "d");
	}

	@Test
	void literalInsideAValueIsOneOfItsOwn() {
		assertThat(StringLiterals.in("\"a.\" + call(\"b\") + \".c\"")).containsExactly("a.<>", "b", ".c");
	}

	@Test
	void textBlockIsOneLiteral() {
		assertThat(StringLiterals.in("\"\"\"\n'a' \"b\"\n\"\"\"")).containsExactly("\n'a' \"b\"\n");
	}

}
