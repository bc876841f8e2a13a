package org.activemessaging.payload;

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
 * What an expression over {@code payload} and {@code headers} of a message may do. Finds
 * out, before any message comes, what would fail with each.
 *
 * @since 0.1.0
 */
public enum ExpressionAccess {

	/**
	 * It reads properties.
	 */
	PROPERTIES,

	/**
	 * It reads properties, and calls methods of what it has read.
	 */
	METHODS;

	static final String HEADERS = "headers";

	static final String PAYLOAD = "payload";

	private static final Set<String> ROOTS = Set.of(HEADERS, PAYLOAD);

	private static final Set<Class<?>> REFUSED = Set.of(Assign.class, BeanReference.class, ConstructorReference.class,
			FunctionReference.class, OpDec.class, OpInc.class, TypeReference.class, VariableReference.class);

	/**
	 * Reads an expression.
	 * @param text the expression
	 * @return the expression
	 * @throws IllegalArgumentException if it is none, or does what it may not; its
	 * message says why
	 */
	public Expression parse(String text) {
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
	private void check(SpelNode node, boolean inside) {
		if (REFUSED.contains(node.getClass()) || node instanceof MethodReference && (this == PROPERTIES || !inside)) {
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
