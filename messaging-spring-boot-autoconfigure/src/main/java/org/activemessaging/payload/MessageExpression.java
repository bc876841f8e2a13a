package org.activemessaging.payload;

import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.expression.EvaluationContext;
import org.springframework.expression.EvaluationException;
import org.springframework.expression.Expression;
import org.springframework.expression.PropertyAccessor;
import org.springframework.expression.TypedValue;
import org.springframework.expression.spel.support.DataBindingPropertyAccessor;
import org.springframework.expression.spel.support.MapAccessor;
import org.springframework.expression.spel.support.SimpleEvaluationContext;

/**
 * An expression of Spring's expression language over {@code payload}, an object, and
 * {@code headers}: {@code payload.customer}, {@code headers['session']}. It reads
 * properties and calls methods of what it has read; it reaches no type, no bean and no
 * variable. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class MessageExpression {

	private final EvaluationContext context = SimpleEvaluationContext
		.forPropertyAccessors(new RootAccessor(), new MapAccessor(false),
				DataBindingPropertyAccessor.forReadOnlyAccess())
		.withInstanceMethods()
		.build();

	private final Expression expression;

	/**
	 * Reads an expression.
	 * @param text the expression
	 * @throws IllegalArgumentException if it is none, or does what it may not; its
	 * message says why
	 */
	public MessageExpression(String text) {
		this.expression = ExpressionAccess.METHODS.parse(text);
	}

	/**
	 * Returns the value for a message.
	 * @param payload its payload, made only if the expression asks for it
	 * @param headers its headers
	 * @return the value as text, or {@code null} if there is none
	 * @throws EvaluationException if it cannot be found out; so do exceptions of the
	 * payload
	 */
	public @Nullable String of(Supplier<?> payload, Map<String, ?> headers) {
		Object value = this.expression.getValue(this.context, new Root(payload, headers));
		return (value != null) ? value.toString() : null;
	}

	@Override
	public String toString() {
		return this.expression.getExpressionString();
	}

	/**
	 * What an expression sees.
	 */
	private record Root(Supplier<?> payload, Map<String, ?> headers) {
	}

	/**
	 * Reads the root without reflection, which an image made ahead of time would have to
	 * know of.
	 */
	private static final class RootAccessor implements PropertyAccessor {

		@Override
		public Class<?>[] getSpecificTargetClasses() {
			return new Class<?>[] { Root.class };
		}

		@Override
		public boolean canRead(EvaluationContext context, @Nullable Object target, String name) {
			return target instanceof Root;
		}

		@Override
		public TypedValue read(EvaluationContext context, @Nullable Object target, String name) {
			if (!(target instanceof Root root)) {
				return TypedValue.NULL;
			}
			return new TypedValue(name.equals(ExpressionAccess.HEADERS) ? root.headers() : root.payload().get());
		}

		@Override
		public boolean canWrite(EvaluationContext context, @Nullable Object target, String name) {
			return false;
		}

		@Override
		public void write(EvaluationContext context, @Nullable Object target, String name, @Nullable Object value) {
			throw new UnsupportedOperationException("A message is only read");
		}

	}

}
