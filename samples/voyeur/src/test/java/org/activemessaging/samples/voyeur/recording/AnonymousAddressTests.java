package org.activemessaging.samples.voyeur.recording;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AnonymousAddress}.
 */
class AnonymousAddressTests {

	@ParameterizedTest
	@CsvSource({ "192.0.2.77, 192.0.2.0", "10.1.2.3, 10.1.2.0",
			"2001:db8:85a3:8d3:1319:8a2e:370:7348, 2001:db8:85a3:0:0:0:0:0", "::1, 0:0:0:0:0:0:0:0",
			"fe80::1%eth0, fe80:0:0:0:0:0:0:0", "::ffff:192.0.2.77, 192.0.2.0" })
	void lastPartIsZeroed(String address, String anonymous) {
		assertThat(AnonymousAddress.of(address)).isEqualTo(anonymous);
	}

	@ParameterizedTest
	@CsvSource({ "localhost", "example.org", "999.1.1.1", "''", ":::" })
	void whatIsNoAddressIsUnknown(String address) {
		assertThat(AnonymousAddress.of(address)).isEqualTo("0.0.0.0");
	}

}
