package org.activemessaging.payload;

import java.util.Map;

import org.activemessaging.PublishException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A message group is told by an expression over payload and headers, and by nothing else.
 */
class MessageGroupKeyTests {

	private static final Order ORDER = new Order("Käse", 3, null, Map.of("country", "ch"));

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			payload.article                            | Käse
			payload.pieces                             | 3
			payload.article.substring(0, 1)            | K
			payload.customer['country']                | ch
			payload.customer.country                   | ch
			headers['session'] + '-' + payload.pieces  | s1-3
			headers.session                            | s1
			payload.note ?: 'none'                     | none
			""")
	void expressionIsReadAsText(String expression, String group) {
		assertThat(of(expression)).isEqualTo(group);
	}

	@ParameterizedTest
	@ValueSource(strings = { "payload.note", "headers['colour']", "''" })
	void nothingIsNoMessageGroup(String expression) {
		assertThat(of(expression)).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			payload..article             | EL1
			payload.article(             | EL1
			article                      | Known: headers, payload
			paylod.article               | Did you mean 'payload'?
			T(java.lang.Math).random()   | only reading is allowed
			new java.util.Date()         | only reading is allowed
			@someBean.key                | only reading is allowed
			#key                         | only reading is allowed
			payload.note = 'x'           | only reading is allowed
			toString()                   | only reading is allowed
			""")
	void whatIsWrongIsRefusedBeforeAnyMessage(String expression, String reason) {
		assertThatIllegalArgumentException().isThrownBy(() -> new MessageGroupKey(expression, "'x'"))
			.withMessageContaining(reason);
	}

	@ParameterizedTest
	@ValueSource(strings = { "payload.nothing", "payload.customer.nowhere", "payload.article.substring(99)",
			"payload.note.length()", "payload.class.name", "payload.secret" })
	void whatCannotBeFoundOutNamesDestinationAndExpressionAndNothingOfThePayload(String expression) {
		assertThatExceptionOfType(PublishException.class).isThrownBy(() -> of(expression))
			.withMessageContainingAll("'orders'", "'" + expression + "'",
					"'messaging.destination.orders.message-group'", Order.class.getName())
			.satisfies((failure) -> {
				assertThat(failure.getDestination()).isEqualTo("orders");
				assertThat(failure.getMessage()).doesNotContain("Käse", "hidden");
			});
	}

	@Test
	void payloadIsMadeOnlyIfItIsAskedFor() {
		MessageExpression expression = new MessageExpression("headers['session']");
		assertThat(expression.of(() -> {
			throw new IllegalStateException("not asked for");
		}, Map.of("session", "s1"))).isEqualTo("s1");
		assertThat(expression).hasToString("headers['session']");
	}

	private static String of(String expression) {
		return new MessageGroupKey(expression, "'messaging.destination.orders.message-group'").of("orders", ORDER,
				Map.of("session", "s1"));
	}

	public record Order(String article, int pieces, String note, Map<String, String> customer) {

		public String getSecret() {
			throw new IllegalStateException("hidden");
		}

	}

}
