package org.activemessaging.redelivery;

import org.jspecify.annotations.Nullable;

import org.springframework.util.PatternMatchUtils;

/**
 * Exceptions of a class, subclasses included, or of class names with an asterisk in them.
 *
 * @param name the name of the class, or the pattern
 * @param type the class, or {@code null} if it is a pattern
 * @since 0.1.0
 */
public record FailurePattern(String name, @Nullable Class<?> type) {

	/**
	 * Exceptions of a class and its subclasses.
	 * @param type the class
	 * @return the pattern
	 */
	public static FailurePattern of(Class<? extends Throwable> type) {
		return new FailurePattern(type.getName(), type);
	}

	/**
	 * Exceptions whose own class name matches.
	 * @param name the full name of a class, in which {@code *} stands for any text
	 * @return the pattern
	 */
	public static FailurePattern of(String name) {
		return new FailurePattern(name, null);
	}

	boolean matches(Throwable failure) {
		return (this.type != null) ? this.type.isInstance(failure)
				: PatternMatchUtils.simpleMatch(this.name, failure.getClass().getName());
	}

	/**
	 * Tells whether all exceptions of another pattern are also of this one.
	 * @param other the other pattern
	 * @return whether nothing is left for the other one
	 */
	public boolean covers(FailurePattern other) {
		if (this.type == null) {
			return other.type == null ? PatternMatchUtils.simpleMatch(this.name, other.name)
					: this.name.chars().allMatch((character) -> character == '*');
		}
		return this.type == Throwable.class || (other.type != null && this.type.isAssignableFrom(other.type));
	}

}
