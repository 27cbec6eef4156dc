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

package io.github.ultracartsso;

import java.security.MessageDigest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.login.PendingLogin;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Holds the packages of the library to what they may know of each other and of the world.
 */
@AnalyzeClasses(packages = "io.github.ultracartsso", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule roomsOfTheClientKnowEachOtherInOneDirection = Architectures.layeredArchitecture()
		.consideringOnlyDependenciesInLayers()
		.layer("client")
		.definedBy("io.github.ultracartsso.client")
		.layer("client.http")
		.definedBy("io.github.ultracartsso.client.http")
		.layer("client.traffic")
		.definedBy("io.github.ultracartsso.client.traffic")
		.layer("client.oauth")
		.definedBy("io.github.ultracartsso.client.oauth")
		.whereLayer("client")
		.mayNotAccessAnyLayer()
		.whereLayer("client.traffic")
		.mayOnlyAccessLayers("client")
		.whereLayer("client.oauth")
		.mayOnlyAccessLayers("client");

	@ArchTest
	static final ArchRule clientHasTheseRooms = classes().that()
		.resideInAPackage("io.github.ultracartsso.client..")
		.should()
		.resideInAnyPackage("io.github.ultracartsso.client", "io.github.ultracartsso.client.http",
				"io.github.ultracartsso.client.traffic", "io.github.ultracartsso.client.oauth");

	@ArchTest
	static final ArchRule roomsOfTheClientAreFreeOfCycles = SlicesRuleDefinition.slices()
		.matching("io.github.ultracartsso.(client.*)")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule clientKnowsNoHttpClient = noClasses().that()
		.resideInAnyPackage("io.github.ultracartsso.client", "io.github.ultracartsso.client.oauth")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.web.client..", "org.apache.hc..");

	@ArchTest
	static final ArchRule nothingKnowsSpringBoot = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.boot..");

	@ArchTest
	static final ArchRule everyPackageIsNullMarked = classes().should(resideInANullMarkedPackage());

	/**
	 * What an application may extend is an interface. The only classes are the exceptions
	 * that its code may catch by kind.
	 */
	@ArchTest
	static final ArchRule publicClassesAreFinal = classes().that()
		.arePublic()
		.and()
		.areNotInterfaces()
		.and()
		.doNotBelongToAnyOf(UltraCartLoginException.class, UltraCartApiException.class)
		.should()
		.haveModifier(JavaModifier.FINAL);

	// A6
	@ArchTest
	static final ArchRule statesAndKeysAreComparedInConstantTime = classes().that()
		.belongToAnyOf(PendingLogin.class, SimpleKey.class)
		.should()
		.callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class);

	private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
		return new ArchCondition<>("reside in a package annotated with @NullMarked") {
			@Override
			public void check(JavaClass item, ConditionEvents events) {
				events.add(new SimpleConditionEvent(item, item.getPackage().isAnnotatedWith(NullMarked.class),
						item.getName() + " resides in package " + item.getPackageName()));
			}
		};
	}

}
