package org.activemessaging.idempotent;

import java.util.Set;

import org.activemessaging.NearestMatch;

import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.Assign;
import org.springframework.expression.spel.ast.BeanReference;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.ConstructorReference;
import org.springframework.expression.spel.ast.FunctionReference;
import org.springframework.expression.spel.ast.Indexer;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.OpDec;
import org.springframework.expression.spel.ast.OpInc;
import org.springframework.expression.spel.ast.Projection;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.Selection;
import org.springframework.expression.spel.ast.TypeReference;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/**
 * Reads expressions, and finds out before any message comes what would fail with each:
 * then every message would end in the dead letters.
 */
final class KeyExpressions {

	static final String HEADERS = "headers";

	static final String PAYLOAD = "payload";

	private static final Set<String> ROOTS = Set.of(HEADERS, PAYLOAD);

	private static final Set<Class<?>> REFUSED = Set.of(Assign.class, BeanReference.class, ConstructorReference.class,
			FunctionReference.class, MethodReference.class, OpDec.class, OpInc.class, TypeReference.class,
			VariableReference.class);

	private KeyExpressions() {
	}

	static Expression parse(String text) {
		SpelExpression expression;
		try {
			expression = new SpelExpressionParser().parseRaw(text);
		}
		catch (ParseException | IllegalStateException ex) {
			throw new IllegalArgumentException(String.valueOf(ex.getMessage()), ex);
		}
		check(expression.getAST(), false);
		return expression;
	}

	/**
	 * Checks a part of an expression.
	 * @param node the part
	 * @param inside whether it is about something inside headers or payload
	 */
	private static void check(SpelNode node, boolean inside) {
		if (REFUSED.contains(node.getClass())) {
			throw new IllegalArgumentException(
					"'" + node.toStringAST() + "' calls or changes something; only reading is allowed");
		}
		if (!inside && node instanceof PropertyOrFieldReference reference && !ROOTS.contains(reference.getName())) {
			throw new IllegalArgumentException(
					"'" + reference.getName() + "' is unknown." + NearestMatch.describe(reference.getName(), ROOTS));
		}
		for (int i = 0; i < node.getChildCount(); i++) {
			boolean follows = node instanceof CompoundExpression && i > 0;
			boolean within = node instanceof Indexer || node instanceof Projection || node instanceof Selection;
			check(node.getChild(i), inside || follows || within);
		}
	}

}
