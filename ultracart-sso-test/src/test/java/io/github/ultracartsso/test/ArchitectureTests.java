/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.github.ultracartsso.test;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Tests that dependencies between the packages of the test kit point in one direction.
 */
@AnalyzeClasses(packages = "io.github.ultracartsso.test", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule packagesAreLayered = Architectures.layeredArchitecture()
		.consideringOnlyDependenciesInLayers()
		.layer("context")
		.definedBy("io.github.ultracartsso.test.context")
		.layer("kit")
		.definedBy("io.github.ultracartsso.test")
		.layer("program")
		.definedBy("io.github.ultracartsso.test.simulator.program")
		.layer("console")
		.definedBy("io.github.ultracartsso.test.simulator.console")
		.layer("page")
		.definedBy("io.github.ultracartsso.test.simulator.page")
		.layer("rest")
		.definedBy("io.github.ultracartsso.test.simulator.rest")
		.layer("state")
		.definedBy("io.github.ultracartsso.test.simulator.state")
		.layer("simulator")
		.definedBy("io.github.ultracartsso.test.simulator")
		.layer("http")
		.definedBy("io.github.ultracartsso.test.simulator.http")
		.whereLayer("context")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("program")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("kit")
		.mayOnlyBeAccessedByLayers("context", "program")
		.whereLayer("console")
		.mayOnlyBeAccessedByLayers("kit")
		.whereLayer("page")
		.mayOnlyBeAccessedByLayers("kit")
		.whereLayer("rest")
		.mayOnlyBeAccessedByLayers("kit")
		.whereLayer("state")
		.mayOnlyBeAccessedByLayers("kit", "console", "page", "rest")
		.whereLayer("state")
		.mayOnlyAccessLayers("simulator")
		.whereLayer("simulator")
		.mayOnlyAccessLayers("http")
		.whereLayer("http")
		.mayNotAccessAnyLayer()
		.ensureAllClassesAreContainedInArchitecture();

	@ArchTest
	static final ArchRule packagesHaveNoCycles = SlicesRuleDefinition.slices()
		.matching("io.github.ultracartsso.(**)")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule onlyTheServerKnowsWireMock = noClasses().that()
		.resideOutsideOfPackage("io.github.ultracartsso.test.simulator.http")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("com.github.tomakehurst..");

	@ArchTest
	static final ArchRule simulatorKnowsNothingOfTheApplication = noClasses().that()
		.resideInAPackage("io.github.ultracartsso.test.simulator..")
		// has the names that the library knows of, so that there is one list of them
		.and()
		.doNotHaveSimpleName("SimulatedPermissions")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.github.ultracartsso.authentication..", "io.github.ultracartsso.autoconfigure..",
				"io.github.ultracartsso.client..", "io.github.ultracartsso.web..", "io.github.ultracartsso.login..",
				"io.github.ultracartsso.session..", "io.github.ultracartsso.authorization..",
				"io.github.ultracartsso.config..", "io.github.ultracartsso.jackson..", "org.springframework.security..",
				"org.springframework.boot..");

}
