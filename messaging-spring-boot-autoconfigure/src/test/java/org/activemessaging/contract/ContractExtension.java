package org.activemessaging.contract;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Optional;

import org.activemessaging.broker.Capability;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Starts the broker of a contract once for all of its areas, leaves out what does not
 * apply to it, and keeps the account.
 */
final class ContractExtension
		implements BeforeAllCallback, AfterAllCallback, TestInstancePostProcessor, InvocationInterceptor {

	private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace
		.create(ContractExtension.class);

	@Override
	public void beforeAll(ExtensionContext context) {
		Contract contract = context.getRequiredTestClass().getAnnotation(Contract.class);
		if (contract != null) {
			ContractRun run = new ContractRun(contract.value(),
					contract.inContainer() ? ContainerUnderTest.of(contract.value()) : contract.value()::create);
			context.getStore(NAMESPACE).put(ContractRun.class, run);
			run.start();
		}
	}

	@Override
	public void afterAll(ExtensionContext context) {
		if (context.getRequiredTestClass().isAnnotationPresent(Contract.class)) {
			run(context).report();
		}
	}

	@Override
	public void postProcessTestInstance(Object instance, ExtensionContext context) {
		if (instance instanceof Area area) {
			area.use(run(context));
		}
	}

	@Override
	public void interceptTestMethod(Invocation<Void> invocation, ReflectiveInvocationContext<Method> test,
			ExtensionContext context) throws Throwable {
		intercept(invocation, context);
	}

	@Override
	public void interceptTestTemplateMethod(Invocation<Void> invocation, ReflectiveInvocationContext<Method> test,
			ExtensionContext context) throws Throwable {
		intercept(invocation, context);
	}

	private static void intercept(Invocation<Void> invocation, ExtensionContext context) throws Throwable {
		ContractRun run = run(context);
		String test = name(context);
		String missing = missing(run, context);
		if (missing != null) {
			run.notApplicable(test, missing);
			invocation.skip();
			return;
		}
		long begin = System.nanoTime();
		try {
			invocation.proceed();
			run.run(test, ContractReport.Result.PASSED, Duration.ofNanos(System.nanoTime() - begin));
		}
		catch (Throwable ex) {
			run.run(test, ContractReport.Result.FAILED, Duration.ofNanos(System.nanoTime() - begin));
			throw ex;
		}
	}

	private static String name(ExtensionContext context) {
		String method = context.getRequiredTestMethod().getName();
		String shown = context.getDisplayName();
		String arguments = shown.startsWith(method) ? "" : " " + shown;
		return context.getRequiredTestClass().getSimpleName() + "." + method + arguments;
	}

	private static String missing(ContractRun run, ExtensionContext context) {
		String ofClass = missing(run, context.getRequiredTestClass());
		return (ofClass != null) ? ofClass : missing(run, context.getRequiredTestMethod());
	}

	private static String missing(ContractRun run, AnnotatedElement element) {
		Optional<Requires> requires = AnnotationSupport.findAnnotation(element, Requires.class);
		if (requires.isEmpty()) {
			return null;
		}
		for (Capability capability : requires.get().value()) {
			if (!run.support(capability).available()) {
				return capability.label() + ": " + run.support(capability).how();
			}
		}
		for (Requires.Trait trait : requires.get().traits()) {
			if (!run.has(trait)) {
				return "the broker of the test: not " + trait.name().toLowerCase().replace('_', ' ');
			}
		}
		return null;
	}

	private static ContractRun run(ExtensionContext context) {
		ContractRun run = context.getStore(NAMESPACE).get(ContractRun.class, ContractRun.class);
		if (run == null) {
			throw new IllegalStateException("An area belongs into a class with @Contract");
		}
		return run;
	}

}
