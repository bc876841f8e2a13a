package org.activemessaging.processor;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.beans.factory.config.BeanExpressionResolver;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.StringUtils;

/**
 * Resolves placeholders and expressions in attributes of annotations.
 */
final class AttributeResolver {

	private final ConfigurableListableBeanFactory beanFactory;

	AttributeResolver(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Resolves an attribute.
	 * @param value what the annotation says
	 * @param annotation which annotation it is, for people
	 * @return the text, or {@code null} if the annotation says nothing
	 * @throws InvalidProcessorException if it cannot be resolved, or resolves to nothing
	 */
	@Nullable String resolve(String value, String annotation) {
		if (value.isEmpty()) {
			return null;
		}
		String text = evaluate(value, annotation);
		if (!StringUtils.hasText(text)) {
			throw new InvalidProcessorException(
					"An attribute of " + annotation + ", '" + value + "', resolves to nothing.",
					"Correct the attribute or the property it refers to.", null);
		}
		return text;
	}

	private String evaluate(String value, String annotation) {
		try {
			Object resolved = this.beanFactory.resolveEmbeddedValue(value);
			BeanExpressionResolver expressions = this.beanFactory.getBeanExpressionResolver();
			if (expressions != null) {
				resolved = expressions.evaluate(String.valueOf(resolved),
						new BeanExpressionContext(this.beanFactory, null));
			}
			return String.valueOf(resolved);
		}
		catch (BeansException | IllegalArgumentException ex) {
			throw new InvalidProcessorException(
					"An attribute of " + annotation + ", '" + value + "', cannot be resolved: " + ex.getMessage(),
					"Correct the attribute or the property it refers to.", ex);
		}
	}

}
