package org.activemessaging.autoconfigure;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import jakarta.validation.Valid;
import org.activemessaging.AbortMessageException;
import org.activemessaging.Acknowledgment;
import org.activemessaging.OnError;
import org.activemessaging.Processor;
import org.activemessaging.PublishesTo;
import org.activemessaging.SubscribesTo;

import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Header;

/**
 * Starts that fail as methods are annotated wrongly.
 */
final class FailingMethods {

	private FailingMethods() {
	}

	static Stream<FailingStart> all() {
		return Stream.of(publishing(), deciding(), windows(), validating()).flatMap((starts) -> starts);
	}

	private static Stream<FailingStart> publishing() {
		return Stream.of(
				start("result for an undeclared destination").using(ToUndeclared.class)
					.says("No destination named 'newz'", "@PublishesTo of ToUndeclared.onMessage",
							"Did you mean 'news'?")
					.advises("'messaging.destination.newz'", "@PublishesTo of ToUndeclared.onMessage"),
				start("result of a void method").using(Nothing.class)
					.says("@PublishesTo of Nothing.onMessage", "void is nothing")
					.advises("remove @PublishesTo"),
				start("result that comes later").using(Later.class)
					.says("@PublishesTo of Later.onMessage", "CompletableFuture is not there yet"),
				start("result of a method that handles no messages").using(Stray.class)
					.says("@PublishesTo of Stray.other publishes nothing")
					.advises("@SubscribesTo"),
				start("result of a class that handles no messages").using(StrayClass.class)
					.says("@PublishesTo of StrayClass publishes nothing"),
				start("result for a placeholder without a value").using(OpenPlaceholder.class)
					.says("@PublishesTo of OpenPlaceholder.onMessage", "nowhere.declared"),
				start("result in a message group of no expression").using(UnknownGroup.class)
					.says("@PublishesTo of UnknownGroup.onMessage", "'sesion'", "Known: headers, payload")
					.advises("'messageGroup'", "'payload.customer'"),
				start("result of an idempotent processor without an outbox").using(Idempotent.class)
					.says("Idempotent.onMessage has @PublishesTo", "'bad' is idempotent")
					.advises("'messaging.outbox.enabled'", "'messaging.processor.bad.idempotent.enabled'"));
	}

	private static Stream<FailingStart> deciding() {
		return Stream.of(
				start("failures without an exception").using(WithoutException.class)
					.says("WithoutException.onError", "0 parameters for the exception")
					.advises("one parameter for the exception"),
				start("failures with two exceptions").using(TwoExceptions.class)
					.says("TwoExceptions.onError", "2 parameters for the exception"),
				start("failures with an error").using(OfAnError.class)
					.says("OfAnError.onError", "a Throwable", "never for an Error"),
				start("failures that are decisions").using(OfADecision.class)
					.says("OfADecision.onError", "AbortMessageException", "never called"),
				start("failures with two payloads").using(TwoPayloads.class)
					.says("TwoPayloads.onError", "2 parameters for the payload"),
				start("failures with a primitive").using(PrimitivePayload.class)
					.says("PrimitivePayload.onError", "primitive int"),
				start("failures in a private method").using(Private.class).says("Private.onError", "it is private"),
				start("failures with an acknowledgment").using(Acknowledges.class)
					.says("Acknowledges.onError", "Acknowledgment", "Acknowledges.onMessage does not"),
				start("failures of one type twice").using(Ambiguous.class)
					.says("those of type IOException", "Ambiguous.first", "Ambiguous.second"),
				start("failures of no processor").using(NoProcessor.class)
					.says("@OnError of NoProcessor.onError is never called", "subscribes to nothing"),
				start("failures in the method that fails").using(Itself.class)
					.says("@OnError of Itself.handle is never called", "handles messages"),
				start("failures whose result is nothing").using(NothingInstead.class)
					.says("@PublishesTo of NothingInstead.onError", "void is nothing"));
	}

	private static Stream<FailingStart> windows() {
		return Stream.of(
				start("window with another parameter").using(WindowAndHeader.class)
					.says("WindowAndHeader.onMessage", "by its List, and so no other parameter", "@Payload"),
				start("failures with a window").using(FailedWindow.class)
					.says("FailedWindow.onError", "takes a List", "@Payload"),
				start("window without a transaction").using(Windows.class)
					.with("messaging.processor.windows.acknowledge=client")
					.says("Windows.onMessage", "'client', in which a window is one message")
					.advises("'messaging.processor.windows.acknowledge'"),
				start("window with lanes").using(Windows.class)
					.with("messaging.processor.windows.lanes=4")
					.says("Windows.onMessage", "'messaging.processor.windows.lanes' is 4")
					.advises("'messaging.processor.windows.lanes'"),
				start("window that is idempotent").using(Windows.class)
					.with("messaging.processor.windows.idempotent.enabled=true")
					.says("Windows.onMessage", "'windows' is idempotent")
					.advises("'messaging.processor.windows.idempotent.enabled'"));
	}

	private static Stream<FailingStart> validating() {
		return Stream.of(start("validation without a validator").using(ValidPayload.class)
			.says("ValidPayload.onMessage", "parameter 0 is to be validated", "'spring-boot-starter-validation'"),
				start("validation of a message").using(ValidMessage.class)
					.says("ValidMessage.onMessage", "parameter 0 is to be validated, but only a payload is"));
	}

	private static FailingStart start(String name) {
		return FailingStart.withDestinations(name);
	}

	@Processor("bad")
	@SubscribesTo("orders")
	static class ToUndeclared {

		@PublishesTo("newz")
		String onMessage(String payload) {
			return payload;
		}

	}

	@Processor("bad")
	@SubscribesTo("orders")
	static class UnknownGroup {

		@PublishesTo(value = "news", messageGroup = "sesion")
		String onMessage(String payload) {
			return payload;
		}

	}

	@Processor("bad")
	@SubscribesTo("orders")
	@PublishesTo("news")
	static class Nothing {

		void onMessage(String payload) {
		}

	}

	@Processor("bad")
	static class Later {

		@SubscribesTo("orders")
		@PublishesTo("news")
		CompletableFuture<String> onMessage(String payload) {
			return CompletableFuture.completedFuture(payload);
		}

	}

	@Processor("bad")
	@SubscribesTo("orders")
	static class Stray {

		void onMessage(String payload) {
		}

		@PublishesTo("news")
		String other() {
			return "";
		}

	}

	@PublishesTo("news")
	static class StrayClass {

		@SubscribesTo("orders")
		String handle(String payload) {
			return payload;
		}

	}

	@Processor("bad")
	@SubscribesTo("orders")
	@PublishesTo("${nowhere.declared}")
	static class OpenPlaceholder {

		String onMessage(String payload) {
			return payload;
		}

	}

	@Processor("bad")
	@SubscribesTo(value = "orders", idempotent = "true")
	@PublishesTo("news")
	static class Idempotent {

		String onMessage(String payload) {
			return payload;
		}

	}

	@SubscribesTo("orders")
	abstract static class Base {

		void onMessage(String payload) {
		}

	}

	@Processor("bad")
	static class WithoutException extends Base {

		@OnError
		void onError(String payload) {
		}

	}

	@Processor("bad")
	static class TwoExceptions extends Base {

		@OnError
		void onError(IOException one, RuntimeException other) {
		}

	}

	@Processor("bad")
	static class OfAnError extends Base {

		@OnError
		void onError(Throwable failure) {
		}

	}

	@Processor("bad")
	static class OfADecision extends Base {

		@OnError
		void onError(AbortMessageException failure) {
		}

	}

	@Processor("bad")
	static class TwoPayloads extends Base {

		@OnError
		void onError(Exception failure, String payload, byte[] other) {
		}

	}

	@Processor("bad")
	static class PrimitivePayload extends Base {

		@OnError
		void onError(Exception failure, int payload) {
		}

	}

	@Processor("bad")
	static class Private extends Base {

		@OnError
		private void onError(Exception failure) {
		}

	}

	@Processor("bad")
	static class Acknowledges extends Base {

		@OnError
		void onError(Exception failure, Acknowledgment acknowledgment) {
		}

	}

	@Processor("bad")
	static class Ambiguous extends Base {

		@OnError
		void first(IOException failure) {
		}

		@OnError
		void second(IOException failure) {
		}

	}

	static class NoProcessor {

		@OnError
		void onError(Exception failure) {
		}

	}

	@Processor("bad")
	static class Itself {

		@OnError
		@SubscribesTo("orders")
		void handle(Exception failure) {
		}

	}

	@Processor("bad")
	static class NothingInstead extends Base {

		@OnError
		@PublishesTo("news")
		void onError(Exception failure) {
		}

	}

	@Processor("bad")
	@SubscribesTo("orders")
	static class ValidPayload {

		void onMessage(@Valid FailingMethods payload) {
		}

	}

	@Processor("bad")
	@SubscribesTo("orders")
	static class ValidMessage {

		void onMessage(@Valid Message<FailingMethods> message) {
		}

	}

	@Processor("windows")
	@SubscribesTo("orders")
	static class Windows {

		void onMessage(List<String> payloads) {
		}

	}

	@Processor("bad")
	@SubscribesTo("orders")
	static class WindowAndHeader {

		void onMessage(List<String> payloads, @Header("x") String header) {
		}

	}

	@Processor("bad")
	static class FailedWindow extends Base {

		@OnError
		void onError(Exception failure, List<String> payloads) {
		}

	}

}
