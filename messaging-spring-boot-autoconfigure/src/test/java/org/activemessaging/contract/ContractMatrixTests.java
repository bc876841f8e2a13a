package org.activemessaging.contract;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.activemessaging.broker.Capability;
import org.activemessaging.broker.Support;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The documentation says what the adapters declare, and the contract proves all of it.
 */
class ContractMatrixTests {

	private static final Path ROOT = Path.of("..");

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource({ "README.md,false", "docs/brokers.md,true" })
	void documentationShowsWhatTheAdaptersDeclare(Path page, boolean detailed) throws IOException {
		Path file = ROOT.resolve(page);
		String text = Files.readString(file);
		String expected = new ContractMatrix(this.directory).into(text, detailed);
		if (Boolean.getBoolean("matrix.update")) {
			Files.writeString(file, expected);
			return;
		}
		assertThat(text).as("Run this test with -Dmatrix.update=true to bring %s up to date", page).isEqualTo(expected);
	}

	@ParameterizedTest
	@EnumSource
	void everyCapabilityIsDeclaredWithAReason(TestedBroker kind) {
		BrokerUnderTest broker = kind.create(this.directory);
		assertThat(broker.adapter().capabilities(ContractRun.profile(broker, broker.url())))
			.containsOnlyKeys(Capability.values())
			.extractingFromEntries((entry) -> entry.getValue().how())
			.allSatisfy((how) -> assertThat((String) how).isNotBlank());
	}

	@Test
	void everyBrokerHasAContractOfAllAreas() {
		List<Class<?>> types = new ClassFileImporter().importPackages(getClass().getPackageName())
			.stream()
			.<Class<?>>map(JavaClass::reflect)
			.toList();
		List<Class<?>> contracts = types.stream().filter((type) -> type.isAnnotationPresent(Contract.class)).toList();
		Map<Boolean, List<TestedBroker>> tested = contracts.stream()
			.map((type) -> type.getAnnotation(Contract.class))
			.collect(Collectors.groupingBy(Contract::inContainer,
					Collectors.mapping(Contract::value, Collectors.toList())));
		assertThat(tested.get(false)).containsExactlyInAnyOrder(TestedBroker.values());
		assertThat(tested.get(true)).containsExactlyInAnyOrder(TestedBroker.ACTIVEMQ, TestedBroker.ARTEMIS,
				TestedBroker.RABBITMQ, TestedBroker.SQS);
		Set<Class<?>> areas = types.stream()
			.filter((type) -> type.getSuperclass() == Area.class && Modifier.isAbstract(type.getModifiers()))
			.collect(Collectors.toSet());
		assertThat(areas).hasSizeGreaterThan(15);
		assertThat(contracts).allSatisfy((contract) -> {
			assertThat(contract.getSimpleName()).matches("\\w+Contract(IT|Tests)");
			assertThat(contract.getSuperclass()).isEqualTo(BrokerContract.class);
		});
		assertThat(
				Arrays.stream(BrokerContract.class.getDeclaredClasses()).<Class<?>>map(Class::getSuperclass).toList())
			.hasSameElementsAs(areas)
			.doesNotHaveDuplicates();
	}

	@Test
	void supportIsShownByItsLevel() {
		assertThat(List.of(Support.natively("x"), Support.emulated("x"), Support.no("x")))
			.extracting((support) -> support.level().label())
			.containsExactly("native", "emulated", "no");
	}

}
