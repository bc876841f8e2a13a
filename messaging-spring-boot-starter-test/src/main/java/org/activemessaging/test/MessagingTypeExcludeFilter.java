package org.activemessaging.test;

import java.io.IOException;
import java.util.Set;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.filter.MessageFilter;
import org.activemessaging.listener.DeliveryListener;
import org.activemessaging.payload.PayloadFormat;
import org.activemessaging.publisher.PublishListener;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.GenericConverter;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;

/**
 * Leaves out of a {@link MessagingTest} what is not messaging.
 */
final class MessagingTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<MessagingTest> {

	private static final Set<Class<?>> AROUND = Set.of(MessageFilter.class, DeliveryListener.class,
			PublishListener.class, PayloadFormat.class, HandlerMethodArgumentResolver.class, Converter.class,
			GenericConverter.class);

	private final Set<Class<?>> processors;

	MessagingTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
		this.processors = Set.of(getAnnotation().getValue("processors", Class[].class).orElse(new Class<?>[0]));
	}

	@Override
	protected boolean defaultInclude(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
		return super.defaultInclude(reader, factory) || this.processors.isEmpty()
				&& (reader.getAnnotationMetadata().isAnnotated(SubscribesTo.class.getName())
						|| reader.getAnnotationMetadata().isAnnotated(Processor.class.getName())
						|| reader.getAnnotationMetadata().hasAnnotatedMethods(SubscribesTo.class.getName()));
	}

	@Override
	protected Set<Class<?>> getKnownIncludes() {
		return AROUND;
	}

	@Override
	protected Set<Class<?>> getComponentIncludes() {
		return this.processors;
	}

}
