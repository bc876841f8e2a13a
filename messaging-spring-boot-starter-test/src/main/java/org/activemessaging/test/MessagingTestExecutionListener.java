package org.activemessaging.test;

import java.util.function.Consumer;

import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Gives each test method a harness that knows nothing of the one before, and has it fail
 * if something has failed that nobody looked at.
 */
class MessagingTestExecutionListener implements TestExecutionListener {

	@Override
	public void beforeTestMethod(TestContext testContext) {
		with(testContext, MessagingHarness::reset);
	}

	@Override
	public void afterTestMethod(TestContext testContext) {
		if (testContext.getTestException() == null) {
			with(testContext, MessagingHarness::verify);
		}
	}

	private static void with(TestContext testContext, Consumer<MessagingHarness> action) {
		if (testContext.hasApplicationContext()) {
			ApplicationContext context = testContext.getApplicationContext();
			context.getBeanProvider(MessagingHarness.class).ifAvailable(action);
		}
	}

}
