package org.activemessaging.security;

import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The search for secrets finds those that are there.
 */
class SecretsInOutputExtensionTests {

	@Test
	void secretInALogIsFound() {
		LogFactory.getLog(getClass()).warn("a password is " + Secrets.PASSWORD);
		LogFactory.getLog(getClass()).warn("a secret is in the cause", new IllegalStateException(Secrets.CANARY));
		assertThat(SecretsInOutputExtension.takeFound()).hasSize(2)
			.allSatisfy((line) -> assertThat(line).contains(Secrets.CANARY));
	}

	@Test
	void nothingElseIsFound() {
		LogFactory.getLog(getClass()).warn("xyzz y- xyxyzzy xyzzy");
		assertThat(SecretsInOutputExtension.takeFound()).isEmpty();
	}

}
