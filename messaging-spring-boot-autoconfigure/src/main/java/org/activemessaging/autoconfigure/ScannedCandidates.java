package org.activemessaging.autoconfigure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.operations.explain.Explanation.NotProcessor;
import org.activemessaging.operations.explain.ProcessorCandidates;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport.ConditionAndOutcomes;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * Looks through the packages of the application for classes that have the annotations of
 * a processor and are no beans. Reads class files, once, and loads no class.
 */
final class ScannedCandidates implements ProcessorCandidates {

	private final ConfigurableListableBeanFactory beanFactory;

	private final SingletonSupplier<List<Candidate>> candidates = SingletonSupplier.of(this::find);

	ScannedCandidates(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public List<NotProcessor> of(String destination) {
		return this.candidates.obtain()
			.stream()
			.filter((candidate) -> candidate.destinations().isEmpty() || candidate.destinations().contains(destination))
			.map((candidate) -> new NotProcessor(candidate.type(), candidate.because()))
			.toList();
	}

	private List<Candidate> find() {
		if (!AutoConfigurationPackages.has(this.beanFactory)) {
			return List.of();
		}
		Set<String> beans = beanTypes();
		List<Candidate> result = new ArrayList<>();
		Scanner scanner = new Scanner();
		for (String basePackage : AutoConfigurationPackages.get(this.beanFactory)) {
			scanner.findCandidateComponents(basePackage).forEach((definition) -> {
				if (definition instanceof AnnotatedBeanDefinition annotated
						&& !beans.contains(annotated.getMetadata().getClassName())) {
					AnnotationMetadata type = annotated.getMetadata();
					result.add(new Candidate(type.getClassName(), destinations(type), because(type)));
				}
			});
		}
		return List.copyOf(result);
	}

	// With superclasses and interfaces, whose annotations a bean inherits.
	private Set<String> beanTypes() {
		Set<String> types = new HashSet<>();
		for (String name : this.beanFactory.getBeanNamesForType(Object.class, true, false)) {
			Class<?> type = AutoProxyUtils.determineTargetClass(this.beanFactory, name);
			for (Class<?> current = type; current != null; current = current.getSuperclass()) {
				types.add(current.getName());
				Arrays.stream(current.getInterfaces()).map(Class::getName).forEach(types::add);
			}
		}
		return types;
	}

	private Set<String> destinations(AnnotationMetadata type) {
		Set<String> names = new TreeSet<>();
		Stream.concat(Stream.of(type), type.getDeclaredMethods().stream())
			.flatMap(ScannedCandidates::subscriptions)
			.map((subscription) -> resolved(subscription.getString("value")))
			.forEach(names::add);
		return names;
	}

	private String resolved(String name) {
		try {
			return String.valueOf(this.beanFactory.resolveEmbeddedValue(name));
		}
		catch (IllegalArgumentException ex) {
			// What is no bean may ask for a property that nobody has set.
			return name;
		}
	}

	private static Stream<MergedAnnotation<SubscribesTo>> subscriptions(AnnotatedTypeMetadata element) {
		MergedAnnotations annotations = element.getAnnotations();
		return Stream.concat(annotations.stream(SubscribesTo.class), annotations.stream(SubscribesTo.List.class)
			.flatMap((list) -> Arrays.stream(list.getAnnotationArray("value", SubscribesTo.class))));
	}

	private String because(AnnotationMetadata type) {
		if (type.isInterface() || type.isAbstract()) {
			return "it is " + (type.isInterface() ? "an interface" : "an abstract class")
					+ ", and there is no bean of a class below it";
		}
		if (!type.isIndependent()) {
			return "it is an inner class that is not static";
		}
		String condition = condition(type.getClassName());
		if (condition != null) {
			return "it is conditional, and a condition does not match: " + condition;
		}
		if (type.isAnnotated(Profile.class.getName())) {
			return "its @Profile is not active";
		}
		if (type.isAnnotated(Component.class.getName())) {
			return "it is not a bean: its package is not scanned, or the scan leaves it out";
		}
		return "it is not a bean: it has neither @Processor nor another stereotype, and no @Bean method returns it";
	}

	private @Nullable String condition(String type) {
		Map<String, ConditionAndOutcomes> outcomes = ConditionEvaluationReport.get(this.beanFactory)
			.getConditionAndOutcomesBySource();
		ConditionAndOutcomes own = outcomes.get(type);
		return (own == null) ? null
				: own.stream()
					.filter((outcome) -> !outcome.getOutcome().isMatch())
					.map((outcome) -> outcome.getOutcome().getMessage())
					.findFirst()
					.orElse(null);
	}

	/**
	 * Something that has the annotations of a processor.
	 *
	 * @param type the name of the class
	 * @param destinations the destinations that it names, none if it names none
	 * @param because why it is no processor
	 */
	private record Candidate(String type, Set<String> destinations, String because) {
	}

	/**
	 * Finds classes whatever their conditions say.
	 */
	private static final class Scanner extends ClassPathScanningCandidateComponentProvider {

		Scanner() {
			super(false);
		}

		@Override
		protected boolean isCandidateComponent(MetadataReader reader) {
			AnnotationMetadata type = reader.getAnnotationMetadata();
			return !type.isAnnotation() && (type.isAnnotated(Processor.class.getName())
					|| Stream.concat(Stream.of(type), type.getDeclaredMethods().stream())
						.anyMatch((element) -> subscriptions(element).findAny().isPresent()));
		}

		@Override
		protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
			return true;
		}

	}

}
