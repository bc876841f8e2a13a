package org.activemessaging.processor;

import java.lang.annotation.Annotation;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.util.StringUtils;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.Errors;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.SmartValidator;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.ValidationAnnotationUtils;

/**
 * Validates payloads whose parameter is annotated with {@code @Valid} or
 * {@code @Validated}.
 */
final class PayloadValidation {

	private final Supplier<@Nullable Validator> validator;

	/**
	 * Creates a validation.
	 * @param validator what validates, asked for only if something is to be validated
	 */
	PayloadValidation(Supplier<@Nullable Validator> validator) {
		this.validator = validator;
	}

	/**
	 * Tells why a parameter cannot be validated.
	 * @param parameter the parameter
	 * @param payload whether it is for a payload
	 * @return the reason, or {@code null} if it can, or need not
	 */
	@Nullable String problem(MethodParameter parameter, boolean payload) {
		if (hints(parameter) == null) {
			return null;
		}
		String what = "its parameter " + parameter.getParameterIndex() + " is to be validated, but ";
		if (!payload) {
			return what + "only a payload is: annotate the parameter that has the type of the payload";
		}
		return (this.validator.get() == null)
				? what + "there is no Validator; add the dependency 'spring-boot-starter-validation'" : null;
	}

	/**
	 * Validates a payload, if its parameter says so.
	 * @param parameter the parameter
	 * @param payload the payload
	 * @throws MessageConversionException if it is not valid; the message names what is
	 * wrong, without values
	 */
	void check(MethodParameter parameter, Object payload) {
		@Nullable Object @Nullable [] hints = hints(parameter);
		Validator validator = (hints != null) ? this.validator.get() : null;
		if (hints == null || validator == null) {
			return;
		}
		Errors errors = new BeanPropertyBindingResult(payload,
				StringUtils.uncapitalize(payload.getClass().getSimpleName()));
		if (hints.length > 0 && validator instanceof SmartValidator smart) {
			smart.validate(payload, errors, hints);
		}
		else {
			validator.validate(payload, errors);
		}
		if (errors.hasErrors()) {
			throw new MessageConversionException("The payload is not valid: " + errors.getAllErrors()
				.stream()
				.map(PayloadValidation::describe)
				.sorted()
				.collect(Collectors.joining(", ")));
		}
	}

	private static String describe(ObjectError error) {
		String message = (error.getDefaultMessage() != null) ? error.getDefaultMessage()
				: "is not valid (" + error.getCode() + ")";
		return ((error instanceof FieldError field) ? field.getField() : error.getObjectName()) + " " + message;
	}

	private static @Nullable Object @Nullable [] hints(MethodParameter parameter) {
		for (Annotation annotation : parameter.getParameterAnnotations()) {
			Object[] hints = ValidationAnnotationUtils.determineValidationHints(annotation);
			if (hints != null) {
				return hints;
			}
		}
		return null;
	}

}
