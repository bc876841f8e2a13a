package org.activemessaging.broker.sqs;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Set;

import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageFormatException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Tells in the words of Jakarta Messaging what the service or its client has thrown. What
 * says nothing about a message, an overload for example, is a lost connection.
 */
final class SqsFailures {

	private static final int LONGEST_TEXT = 300;

	private static final Set<String> REFUSED_CONTENT = Set.of("InvalidMessageContents", "InvalidParameterValue",
			"InvalidParameterValueException", "InvalidAttributeName", "InvalidAttributeValue", "MissingParameter",
			"UnsupportedOperation", "BatchRequestTooLong", "InvalidParameterCombination");

	private static final Set<String> REFUSED_USER = Set.of("InvalidClientTokenId", "SignatureDoesNotMatch",
			"UnrecognizedClientException", "ExpiredToken", "ExpiredTokenException", "MissingAuthenticationToken",
			"InvalidSecurity", "IncompleteSignature", "OptInRequired", "InvalidAccessKeyId", "AuthFailure",
			"NotAuthorized");

	private static final Set<String> OVERLOADED = Set.of("RequestThrottled", "OverLimit", "ServiceUnavailable",
			"InternalError", "InternalFailure");

	private static final Set<String> GONE = Set.of("ReceiptHandleIsInvalid", "InvalidReceiptHandle",
			"MessageNotInflight", "InvalidIdFormat");

	private SqsFailures() {
	}

	static JMSException translate(String what, SdkException failure) {
		if (failure instanceof AwsServiceException service) {
			return translate(what, service);
		}
		if (failure instanceof AbortedException) {
			Thread.currentThread().interrupt();
			return lost(what, "the thread was interrupted", failure);
		}
		if (failure instanceof ApiCallTimeoutException || failure instanceof ApiCallAttemptTimeoutException) {
			return lost(what, "no answer in time", failure);
		}
		for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
			if (cause instanceof IOException) {
				return withCause(new JMSException(what + ": " + shortened(String.valueOf((@Nullable Object) cause))),
						failure);
			}
		}
		String text = String.valueOf((@Nullable Object) failure.getMessage());
		// The client's text lists its providers, and what they are made of.
		return text.contains("credentials")
				? withCause(new JMSSecurityException(
						what + ": there are no credentials, neither a user and a password nor those"
								+ " that the AWS SDK finds by itself"),
						null)
				: withCause(new JMSException(what + ": " + shortened(text)), failure);
	}

	private static JMSException translate(String what, AwsServiceException failure) {
		String code = code(failure);
		AwsErrorDetails details = failure.awsErrorDetails();
		String message = (details != null) ? details.errorMessage() : null;
		String text = what + ": " + (code.isEmpty() ? "status " + failure.statusCode() : code)
				+ ((message != null) ? ": " + shortened(message) : "");
		if (isMissingQueue(failure)) {
			return withCause(new InvalidDestinationException(text), failure);
		}
		if (OVERLOADED.contains(code) || failure.isThrottlingException() || failure.statusCode() >= 500) {
			return lost(what, text.substring(what.length() + 2), failure);
		}
		if (code.contains("AccessDenied") || REFUSED_USER.contains(code) || failure.statusCode() == 401
				|| failure.statusCode() == 403) {
			return withCause(new JMSSecurityException(text), failure);
		}
		if (REFUSED_CONTENT.contains(code)) {
			return withCause(new MessageFormatException(text), failure);
		}
		return withCause(new JMSException(code.isEmpty() ? text + "; is this SQS?" : text), failure);
	}

	/**
	 * Tells whether the service could not be asked.
	 */
	static boolean isLost(JMSException failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof IOException) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Tells what the failure of one entry of a batch means.
	 */
	static JMSException ofEntry(String text, String code) {
		if (code.contains("AccessDenied")) {
			return new JMSSecurityException(text);
		}
		return REFUSED_CONTENT.contains(code) ? new MessageFormatException(text) : new JMSException(text);
	}

	static boolean isMissingQueue(SdkException failure) {
		String code = (failure instanceof AwsServiceException service) ? code(service) : "";
		return code.contains("NonExistentQueue") || code.contains("QueueDoesNotExist");
	}

	static boolean isDenied(SdkException failure) {
		return failure instanceof AwsServiceException service && code(service).contains("AccessDenied");
	}

	/**
	 * Tells whether a receipt is worth nothing any more: its message is acknowledged, or
	 * comes again.
	 */
	static boolean isGone(String code) {
		for (String gone : GONE) {
			if (code.endsWith(gone)) {
				return true;
			}
		}
		return false;
	}

	static String code(AwsServiceException failure) {
		AwsErrorDetails details = failure.awsErrorDetails();
		String code = (details != null) ? details.errorCode() : null;
		return (code != null) ? code : "";
	}

	private static JMSException lost(String what, String why, Throwable cause) {
		InterruptedIOException unanswered = new InterruptedIOException(why);
		unanswered.initCause(cause);
		return withCause(new JMSException(what + ": " + why), unanswered);
	}

	private static <E extends JMSException> E withCause(E exception, @Nullable Throwable cause) {
		if (cause != null) {
			exception.initCause(cause);
		}
		return exception;
	}

	private static String shortened(String text) {
		String clean = text.replaceAll("\\p{Cntrl}", " ");
		return (clean.length() > LONGEST_TEXT) ? clean.substring(0, LONGEST_TEXT) + "…" : clean;
	}

}
