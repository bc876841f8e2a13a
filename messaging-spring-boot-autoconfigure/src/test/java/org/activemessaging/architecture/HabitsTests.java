package org.activemessaging.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.jspecify.annotations.NullMarked;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

/**
 * Habits of the main sources: what is visible, how it is named, what is never called.
 */
@AnalyzeClasses(packages = RoomsTests.BASE, importOptions = ImportOption.DoNotIncludeTests.class)
class HabitsTests {

	@ArchTest
	static final ArchRule defaultsAreHidden = classes().that()
		.haveSimpleNameStartingWith("Default")
		.and()
		.areTopLevelClasses()
		.should()
		.bePackagePrivate()
		.andShould()
		.haveModifier(JavaModifier.FINAL)
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule publicConcreteClassesAreFinal = classes().that()
		.arePublic()
		.and()
		.areNotInterfaces()
		.and()
		.areNotEnums()
		.and()
		.doNotHaveModifier(JavaModifier.ABSTRACT)
		.and()
		.areNotAssignableTo(Throwable.class)
		.and(areNeitherPropertiesNorEndpoints())
		.should()
		.haveModifier(JavaModifier.FINAL);

	@ArchTest
	static final ArchRule autoConfigurationsArePublicAndFinal = classes().that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL)
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule autoConfigurationsHaveNoPublicMethods = methods().that()
		.areDeclaredInClassesThat()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.notBePublic()
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule configurationClassesAreHidden = classes().that()
		.areAnnotatedWith(Configuration.class)
		.should()
		.notBePublic()
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule beanPostProcessorsAreMadeByStaticMethods = methods().that()
		.areAnnotatedWith(Bean.class)
		.and()
		.haveRawReturnType(JavaClass.Predicates.assignableTo(BeanPostProcessor.class))
		.should()
		.beStatic()
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule missingClassesConcernClassesNotMethods = noMethods().should()
		.beAnnotatedWith(ConditionalOnClass.class);

	@ArchTest
	static final ArchRule everyPackageIsNullMarked = classes().should(beInANullMarkedPackage());

	@ArchTest
	static final ArchRule namesSayWhatATypeIs = noClasses().should()
		.haveNameMatching(".*[.$][A-Za-z0-9]*(Manager|Helper|Util|Utils|Impl)");

	@ArchTest
	static final ArchRule nobodySleeps = noClasses().should().accessTargetWhere(targetIs(Thread.class, "sleep"));

	@ArchTest
	static final ArchRule nobodyPrints = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

	@ArchTest
	static final ArchRule nobodyInjectsAValue = noClasses().should().dependOnClassesThat().areAssignableTo(Value.class);

	@ArchTest
	static final ArchRule nobodyInjectsAField = noFields().should().beAnnotatedWith(Autowired.class);

	@ArchTest
	static final ArchRule changesOfCaseNameTheirLocale = noClasses().should()
		.accessTargetWhere(
				targetIs(String.class, "toLowerCase").or(targetIs(String.class, "toUpperCase")).and(hasNoParameters()));

	private static DescribedPredicate<JavaClass> areNeitherPropertiesNorEndpoints() {
		return DescribedPredicate.describe("are neither properties nor endpoints",
				(type) -> !type.getSimpleName().endsWith("Properties") && !type.getSimpleName().endsWith("Endpoint")
						&& !type.getSimpleName().endsWith("EndpointWebExtension"));
	}

	private static ArchCondition<JavaClass> beInANullMarkedPackage() {
		return ArchCondition.from(DescribedPredicate.describe("be in a package whose package-info says @NullMarked",
				(type) -> type.getPackage()
					.tryGetPackageInfo()
					.map((info) -> info.isAnnotatedWith(NullMarked.class))
					.orElse(false)));
	}

	private static DescribedPredicate<JavaAccess<?>> targetIs(Class<?> owner, String name) {
		return DescribedPredicate.describe("target is %s.%s".formatted(owner.getSimpleName(), name),
				(access) -> access.getTargetOwner().isEquivalentTo(owner) && access.getName().equals(name));
	}

	private static DescribedPredicate<JavaAccess<?>> hasNoParameters() {
		return DescribedPredicate.describe("has no parameters",
				(access) -> access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget target
						&& target.getRawParameterTypes().isEmpty());
	}

}
