package org.activemessaging.flow;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Short texts of any characters, control characters included.
 */
public final class RandomText {

	private RandomText() {
	}

	/**
	 * Returns a text of at most eleven characters.
	 * @param random where they come from
	 * @param bound the first code point that does not occur
	 */
	public static String of(Random random, int bound) {
		return IntStream.range(0, random.nextInt(12))
			.map((i) -> random.nextInt(bound))
			.filter((codePoint) -> codePoint < 0xD800 || codePoint > 0xDFFF)
			.mapToObj(Character::toString)
			.collect(Collectors.joining());
	}

}
