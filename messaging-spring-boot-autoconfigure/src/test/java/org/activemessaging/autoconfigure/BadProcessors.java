package org.activemessaging.autoconfigure;

import java.io.IOException;
import java.util.Map;

import org.activemessaging.Processor;
import org.activemessaging.RedeliveryRule;
import org.activemessaging.SubscribesTo;
import org.activemessaging.filter.FilterChain;
import org.activemessaging.filter.FilterFor;
import org.activemessaging.filter.MessageFilter;
import org.activemessaging.filter.Routing;

import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Header;

/**
 * Processors and filters that are wrong, but for {@link Good}.
 */
final class BadProcessors {

	private BadProcessors() {
	}

	@Processor("good")
	@SubscribesTo("clickstream")
	static class Good {

		void onMessage(String payload) {
		}

	}

	@Processor("orders")
	@SubscribesTo("orders")
	static class Orders {

		void onMessage(String payload) {
		}

	}

	@Processor("selective")
	@SubscribesTo(value = "orders", selector = "colour = 'red'")
	static class Selective {

		void onMessage(String payload) {
		}

	}

	@Processor("oneByOne")
	@SubscribesTo(value = "orders", acknowledge = "client")
	static class OneByOne {

		void onMessage(String payload) {
		}

	}

	@Processor("undeclared")
	@SubscribesTo("clickstrem")
	static class Undeclared {

		void onMessage(String payload) {
		}

	}

	@Processor("one")
	static class DuplicateIds {

		@SubscribesTo(value = "clickstream", id = "same")
		void first(String payload) {
		}

		@SubscribesTo(value = "orders", id = "same")
		void second(String payload) {
		}

	}

	@Processor("twoPayloads")
	@SubscribesTo("clickstream")
	static class TwoPayloads {

		void onMessage(String one, Map<String, Object> other, @Header("x") String header, Message<String> message) {
		}

	}

	@Processor("primitive")
	@SubscribesTo("clickstream")
	static class Primitive {

		void onMessage(int payload) {
		}

	}

	@Processor("noParameter")
	@SubscribesTo("clickstream")
	static class NoParameter {

		void onMessage() {
		}

	}

	@Processor("privateMethod")
	static class PrivateMethod {

		@SubscribesTo("clickstream")
		private void handle(String payload) {
		}

	}

	@Processor("twoOnMessage")
	@SubscribesTo("clickstream")
	static class TwoOnMessage {

		void onMessage(String payload) {
		}

		void onMessage(Map<String, Object> payload) {
		}

	}

	@Processor("noOnMessage")
	@SubscribesTo("clickstream")
	static class NoOnMessage {

		void handle(String payload) {
		}

	}

	@Processor("noSubscription")
	static class NoSubscription {

		void onMessage(String payload) {
		}

	}

	@Processor("wrongConcurrency")
	@SubscribesTo(value = "clickstream", concurrency = "many")
	static class WrongConcurrency {

		void onMessage(String payload) {
		}

	}

	@Processor("topicConcurrency")
	@SubscribesTo(value = "news", concurrency = "1-4")
	static class TopicConcurrency {

		void onMessage(String payload) {
		}

	}

	@Processor("news")
	@SubscribesTo("news")
	static class News {

		void onMessage(String payload) {
		}

	}

	@Processor("dottedGroup")
	@SubscribesTo(value = "clickstream", group = "voyeur.web")
	static class DottedGroup {

		void onMessage(String payload) {
		}

	}

	@Processor("queueGroup")
	@SubscribesTo(value = "orders", group = "voyeur")
	static class QueueGroup {

		void onMessage(String payload) {
		}

	}

	@Processor("topicGroup")
	@SubscribesTo(value = "news", group = "voyeur")
	static class TopicGroup {

		void onMessage(String payload) {
		}

	}

	@Processor("wrongAutoStartup")
	@SubscribesTo(value = "clickstream", autoStartup = "maybe")
	static class WrongAutoStartup {

		void onMessage(String payload) {
		}

	}

	@Processor("openPlaceholder")
	@SubscribesTo("${nowhere.declared}")
	static class OpenPlaceholder {

		void onMessage(String payload) {
		}

	}

	@Processor("wrongExpression")
	@SubscribesTo("#{nowhere.declared}")
	static class WrongExpression {

		void onMessage(String payload) {
		}

	}

	@Processor("emptyPlaceholder")
	@SubscribesTo(value = "clickstream", group = "${empty:}")
	static class EmptyPlaceholder {

		void onMessage(String payload) {
		}

	}

	@Processor("wrongRate")
	@SubscribesTo(value = "clickstream", rate = "fast")
	static class WrongRate {

		void onMessage(String payload) {
		}

	}

	@Processor("wrongClusterConcurrency")
	@SubscribesTo(value = "clickstream", clusterConcurrency = "few")
	static class WrongClusterConcurrency {

		void onMessage(String payload) {
		}

	}

	@Processor("topicClusterConcurrency")
	@SubscribesTo(value = "news", clusterConcurrency = "2")
	static class TopicClusterConcurrency {

		void onMessage(String payload) {
		}

	}

	@Processor("wrongSubscription")
	@SubscribesTo(value = "news", subscription = "all news")
	static class WrongSubscription {

		void onMessage(String payload) {
		}

	}

	@Processor("archive")
	@SubscribesTo(value = "news", id = "archive", subscription = "news")
	static class Archive {

		@SubscribesTo(value = "news", id = "index", subscription = "news")
		void onNews(String payload) {
		}

		void onMessage(String payload) {
		}

	}

	@Processor("wrongRule")
	static class WrongRule {

		@SubscribesTo("clickstream")
		@RedeliveryRule(exception = IOException.class, delayed = "often")
		void onMessage(String payload) {
		}

	}

	@Processor("hiddenRule")
	@SubscribesTo("clickstream")
	@RedeliveryRule(exception = Exception.class)
	@RedeliveryRule(exception = IOException.class, action = RedeliveryRule.Action.DISCARD)
	static class HiddenRule {

		void onMessage(String payload) {
		}

	}

	@FilterFor(only = "clickstrem")
	static class OnlyUndeclared implements MessageFilter {

		@Override
		public void filter(Message<?> message, Routing routing, FilterChain chain) throws Exception {
			chain.proceed(message);
		}

	}

	@FilterFor(except = { "orders", "newz" })
	static class ExceptUndeclared implements MessageFilter {

		@Override
		public void filter(Message<?> message, Routing routing, FilterChain chain) throws Exception {
			chain.proceed(message);
		}

	}

}
