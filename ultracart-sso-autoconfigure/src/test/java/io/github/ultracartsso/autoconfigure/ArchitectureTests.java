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

package io.github.ultracartsso.autoconfigure;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.ultracartsso.autoconfigure.client.UltraCartConnection;
import io.github.ultracartsso.autoconfigure.client.UltraCartSharedLimits;
import io.github.ultracartsso.autoconfigure.permissions.PermissionAuthorities;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Which packages know each other, and what is public.
 */
@AnalyzeClasses(packagesOf = UltraCartSsoProperties.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String ROOT = "io.github.ultracartsso.autoconfigure";

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule packagesKnowThoseBelowThemOnly = layeredArchitecture().consideringOnlyDependenciesInLayers()
		.layer("root")
		.definedBy(ROOT)
		.layer("properties")
		.definedBy(ROOT + ".properties")
		.layer("client")
		.definedBy(ROOT + ".client")
		.layer("session")
		.definedBy(ROOT + ".session")
		.layer("api")
		.definedBy(ROOT + ".api")
		.layer("security")
		.definedBy(ROOT + ".security")
		.layer("permissions")
		.definedBy(ROOT + ".permissions")
		.layer("web")
		.definedBy(ROOT + ".web")
		.layer("actuate")
		.definedBy(ROOT + ".actuate")
		.layer("limits")
		.definedBy(ROOT + ".limits")
		.layer("container")
		.definedBy(ROOT + ".container")
		.whereLayer("root")
		.mayNotAccessAnyLayer()
		.whereLayer("properties")
		.mayOnlyAccessLayers("root")
		.whereLayer("client")
		.mayOnlyAccessLayers("root", "properties")
		.whereLayer("session")
		.mayOnlyAccessLayers("root", "properties", "client")
		.whereLayer("api")
		.mayOnlyAccessLayers("root", "client", "session")
		.whereLayer("security")
		.mayOnlyAccessLayers("root", "properties", "client", "session")
		.whereLayer("permissions")
		.mayOnlyAccessLayers("root", "properties")
		.whereLayer("web")
		.mayOnlyAccessLayers("root", "properties", "session", "security")
		.whereLayer("actuate")
		.mayOnlyAccessLayers("root", "properties", "client", "permissions")
		.whereLayer("limits")
		.mayOnlyAccessLayers("root", "properties", "client")
		.whereLayer("container")
		.mayOnlyAccessLayers("root")
		.ensureAllClassesAreContainedInArchitecture();

	@ArchTest
	static final ArchRule servletsAreUnknownToWhatNeedsNoWebApplication = noClasses().that()
		.resideInAnyPackage(ROOT, ROOT + ".properties", ROOT + ".client", ROOT + ".limits", ROOT + ".container",
				ROOT + ".api")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("jakarta.servlet..", "org.springframework.security.web..",
				"org.springframework.web.servlet..");

	@ArchTest
	static final ArchRule publicTypesAreAutoConfigurationsAndWhatPackagesShare = noClasses().that()
		.doNotBelongToAnyOf(UltraCartSsoProperties.class, UltraCartSsoConnectionDetails.class,
				CheckedUltraCartSsoProperties.class, UltraCartSsoWarnings.class, UltraCartSsoWarnings.Warning.class,
				PermissionAuthorities.class, UltraCartConnection.class, UltraCartSharedLimits.class)
		.and()
		.areNotAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic();

	@ArchTest
	static final ArchRule autoConfigurationsArePublicAndFinal = classes().that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL)
		.andShould()
		.haveSimpleNameEndingWith("AutoConfiguration");

	@ArchTest
	static final ArchRule configurationsArePackagePrivate = classes().that()
		.areAnnotatedWith(Configuration.class)
		.and()
		.areNotAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePackagePrivate();

	@ArchTest
	static final ArchRule beanMethodsArePackagePrivate = methods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.bePackagePrivate();

	@ArchTest
	static final ArchRule classesAreFinalUnlessTheContainerMakesThem = classes().that()
		.areTopLevelClasses()
		.and()
		.areNotInterfaces()
		.and()
		.areNotAnnotatedWith(Configuration.class)
		.should()
		.haveModifier(JavaModifier.FINAL);

}
