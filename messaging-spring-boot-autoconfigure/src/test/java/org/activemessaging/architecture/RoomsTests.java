package org.activemessaging.architecture;

import java.util.Map;
import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may use whom. A room is a package; {@code docs/internals.md} shows the same table.
 */
@AnalyzeClasses(packages = RoomsTests.BASE, importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTests {

	static final String BASE = "org.activemessaging";

	private static final String ROOT = "";

	private static final String ALL = "*";

	/**
	 * The rooms, each with the rooms that it may use.
	 */
	// @formatter:off
	private static final Map<String, Set<String>> ROOMS = Map.ofEntries(
			room(ROOT),
			room("broker", ROOT),
			room("broker.activemq", ROOT, "broker"),
			room("broker.artemis", ROOT, "broker"),
			room("broker.facade"),
			room("broker.jms", ROOT, "broker"),
			room("broker.memory", ROOT, "broker", "broker.facade"),
			room("broker.rabbitmq", ROOT, "broker", "broker.facade"),
			room("broker.sqs", ROOT, "broker", "broker.facade"),
			room("broker.stomp", ROOT, "broker", "broker.facade"),
			room("destination", ROOT, "broker"),
			room("filter", ROOT, "destination"),
			room("claimcheck", ROOT, "filter"),
			room("claimcheck.s3", "claimcheck"),
			room("cloudevents", ROOT, "payload"),
			room("payload", ROOT),
			room("processor", ROOT, "destination", "payload"),
			room("redelivery", ROOT),
			room("delay", ROOT, "broker"),
			room("permit", ROOT, "broker"),
			room("deadletter", ROOT, "broker", "destination"),
			room("listener", ROOT, "broker", "destination", "filter", "processor", "redelivery", "delay", "permit",
					"deadletter", "payload"),
			room("publisher", ROOT, "broker", "delay", "destination", "filter", "payload"),
			room("receiver", ROOT, "broker", "destination", "filter", "processor", "redelivery", "deadletter",
					"listener", "payload"),
			room("request", ROOT, "broker", "destination", "filter", "processor", "listener", "publisher", "payload"),
			room("idempotent", ROOT, "broker", "destination", "filter", "processor", "listener", "publisher", "payload"),
			room("outbox", ROOT, "broker", "destination", "publisher", "operations"),
			room("operations", ROOT, "broker", "destination", "processor", "redelivery", "permit", "listener",
					"deadletter"),
			room("observation", ROOT, "broker", "destination", "filter", "processor", "listener", "deadletter", "operations",
					"publisher", "receiver", "request"),
			room("operations.doctor", ROOT, "broker", "destination", "processor", "listener", "deadletter",
					"operations"),
			room("operations.explain", ROOT, "broker", "delay", "destination", "filter", "processor", "operations"),
			room("operations.scaling", "broker", "destination", "processor", "listener", "operations"),
			room("operations.topology", "broker", "destination", "processor", "listener", "publisher",
					"operations"),
			room("actuate", ROOT, "filter", "operations", "operations.doctor", "operations.explain",
					"operations.scaling", "operations.topology"),
			room("autoconfigure", ALL));
	// @formatter:on

	private static final String[] VENDORS = { "org.apache.activemq..", "org.apache.artemis..", "org.messaginghub..",
			"com.rabbitmq..", "com.amazon..", "software.amazon.." };

	@ArchTest
	static final ArchRule packagesAreFreeOfCycles = slices().matching("(**)").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule everyRoomKnowsOnlyItsNeighbours = classes().should(onlyUseTheRoomsOfTheTable());

	@ArchTest
	static final ArchRule onlyTheRoomsOfTheBrokersKnowVendors = noClasses().that()
		.resideOutsideOfPackages(BASE + ".broker.*..", BASE + ".claimcheck.s3..")
		.and(areNotTheConfigurationOfAVendor())
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(VENDORS);

	@ArchTest
	static final ArchRule onlyAutoconfigureAndActuateKnowBoot = noClasses().that()
		.resideOutsideOfPackages(BASE + ".autoconfigure..", BASE + ".actuate..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.boot..");

	@ArchTest
	static final ArchRule onlyObservationKnowsMicrometer = noClasses().that()
		.resideOutsideOfPackages(BASE + ".autoconfigure..", BASE + ".observation..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.micrometer..");

	@ArchTest
	static final ArchRule apiIsFreeOfJms = noClasses().that()
		.resideInAPackage(BASE)
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("jakarta.jms..", "org.springframework.jms..");

	@ArchTest
	static void everyRoomIsInhabited(JavaClasses classes) {
		assertThat(classes.stream().map(RoomsTests::roomOf)).containsAll(ROOMS.keySet());
	}

	private static Map.Entry<String, Set<String>> room(String name, String... mayUse) {
		return Map.entry(name, Set.of(mayUse));
	}

	private static ArchCondition<JavaClass> onlyUseTheRoomsOfTheTable() {
		return new ArchCondition<>("only use the rooms that the table allows") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				Set<String> mayUse = ROOMS.get(roomOf(type));
				if (mayUse == null) {
					events.add(SimpleConditionEvent.violated(type, type.getName() + " is in no room of the table"));
					return;
				}
				for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
					JavaClass target = dependency.getTargetClass().getBaseComponentType();
					if (isOurs(target) && !roomOf(target).equals(roomOf(type)) && !mayUse.contains(ALL)
							&& !mayUse.contains(roomOf(target))) {
						events.add(SimpleConditionEvent.violated(dependency, "'%s' may not use '%s': %s"
							.formatted(roomOf(type), roomOf(target), dependency.getDescription())));
					}
				}
			}

		};
	}

	private static DescribedPredicate<JavaClass> areNotTheConfigurationOfAVendor() {
		return DescribedPredicate.describe("are not a vendor's configuration", (type) -> {
			String topLevelName = type.getName().substring(type.getPackageName().length() + 1);
			return !(roomOf(type).equals("autoconfigure")
					&& topLevelName.matches("(ActiveMq|Artemis|RabbitMq|S3|Sqs).*"));
		});
	}

	private static boolean isOurs(JavaClass type) {
		return type.getPackageName().equals(BASE) || type.getPackageName().startsWith(BASE + ".");
	}

	private static String roomOf(JavaClass type) {
		String name = type.getPackageName();
		return name.equals(BASE) ? ROOT : name.substring(BASE.length() + 1);
	}

}
