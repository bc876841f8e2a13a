package org.activemessaging.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Habits of the tests. Who has to wait awaits something.
 */
@AnalyzeClasses(packages = RoomsTests.BASE, importOptions = ImportOption.OnlyIncludeTests.class)
class TestHabitsTests {

	@ArchTest
	static final ArchRule nobodySleeps = HabitsTests.nobodySleeps;

	@ArchTest
	static final ArchRule nobodyPrints = HabitsTests.nobodyPrints;

}
