package org.activemessaging.autoconfigure;

import org.activemessaging.MessagingConfigurationException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Shows what is wrong with the configuration, and what to do about it.
 */
class MessagingConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<MessagingConfigurationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MessagingConfigurationException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.getAction(), cause);
	}

}
