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

import java.util.List;
import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Rules about the packages: which of them may know which, what they may use, and how
 * large they may grow.
 */
@AnalyzeClasses(packages = "io.github.ultracartsso", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTests {

	private static final String BASE = "io.github.ultracartsso.";

	private static final int MAX_PARAMETERS = 5;

	private static final int MAX_CLASSES = 22;

	@ArchTest
	static final ArchRule dependenciesPointDownOnly = Architectures.layeredArchitecture()
		.consideringOnlyDependenciesInLayers()
		.layer("config")
		.definedBy(BASE + "config..")
		.layer("jackson")
		.definedBy(BASE + "jackson..")
		.layer("aot")
		.definedBy(BASE + "aot..")
		.layer("web.login")
		.definedBy(BASE + "web.login..")
		.layer("web.signin")
		.definedBy(BASE + "web.signin..")
		.layer("web.access")
		.definedBy(BASE + "web.access..")
		.layer("web.session")
		.definedBy(BASE + "web.session..")
		.layer("web.api")
		.definedBy(BASE + "web.api..")
		.layer("web.socket")
		.definedBy(BASE + "web.socket..")
		.layer("web")
		.definedBy(BASE + "web")
		.layer("login")
		.definedBy(BASE + "login..")
		.layer("session")
		.definedBy(BASE + "session..")
		.layer("authorization")
		.definedBy(BASE + "authorization..")
		.layer("authentication")
		.definedBy(BASE + "authentication..")
		.layer("client")
		.definedBy(BASE + "client..")
		.whereLayer("config")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("jackson")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("aot")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("jackson")
		.mayOnlyAccessLayers("login", "session", "authentication", "client")
		.whereLayer("web.login")
		.mayOnlyAccessLayers("web.session", "web", "login", "session", "authentication", "client")
		.whereLayer("web.signin")
		.mayOnlyAccessLayers("web", "login", "session", "authentication", "client")
		.whereLayer("web.access")
		.mayOnlyAccessLayers("web", "session", "authorization", "authentication", "client")
		.whereLayer("web.api")
		.mayOnlyAccessLayers("session", "authentication", "client")
		.whereLayer("web.socket")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("web.socket")
		.mayOnlyAccessLayers("web.session", "session", "authentication")
		.whereLayer("web.session")
		.mayOnlyAccessLayers("web", "session", "authentication", "client")
		.whereLayer("web")
		.mayOnlyAccessLayers("client")
		.whereLayer("login")
		.mayOnlyAccessLayers("session", "authentication", "client")
		.whereLayer("session")
		.mayOnlyAccessLayers("authentication", "client")
		.whereLayer("authorization")
		.mayOnlyAccessLayers("authentication")
		.whereLayer("authentication")
		.mayOnlyAccessLayers("client")
		.whereLayer("client")
		.mayNotAccessAnyLayer()
		.ensureAllClassesAreContainedInArchitecture();

	@ArchTest
	static final ArchRule packagesAreFreeOfCycles = SlicesRuleDefinition.slices()
		.matching(BASE + "(**)")
		.should()
		.beFreeOfCycles();

	/**
	 * A login mechanism for another kind of web application is to be built on these
	 * packages.
	 */
	@ArchTest
	static final ArchRule coreKnowsNoServlet = noClasses().that()
		.resideInAnyPackage(BASE + "login..", BASE + "session..", BASE + "authorization..", BASE + "authentication..",
				BASE + "client..", BASE + "web.api..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("jakarta.servlet..", "org.springframework.security.web..",
				"org.springframework.web.context..", "org.springframework.web.filter..",
				"org.springframework.web.servlet..");

	/**
	 * Only the builder of URIs is used, which knows no request.
	 */
	@ArchTest
	static final ArchRule coreKnowsNoHttp = noClasses().that()
		.resideInAnyPackage(BASE + "login..", BASE + "session..", BASE + "authorization..", BASE + "authentication..")
		.should()
		.dependOnClassesThat(DescribedPredicate.describe("reside in packages of HTTP, except web.util",
				(type) -> isHttp(type) && !type.getPackageName().equals("org.springframework.web.util")));

	@ArchTest
	static final ArchRule clientKnowsNoSpringSecurity = noClasses().that()
		.resideInAPackage(BASE + "client..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.security..");

	/**
	 * The records that are sent to UltraCart or received have a component for each field
	 * of the JSON, and are created by the JSON mapper.
	 */
	@ArchTest
	static final ArchRule constructorsHaveFewParameters = constructors().that()
		.areDeclaredInClassesThat(DescribedPredicate.describe("are no JSON records",
				(JavaClass type) -> !(type.isRecord() && type.getPackageName().equals(BASE + "client"))))
		.and()
		.areDeclaredInClassesThat(DescribedPredicate.describe("are no enums", (JavaClass type) -> !type.isEnum()))
		.should(haveAtMostParameters());

	/**
	 * Events and exceptions are not counted. They belong to the package that publishes
	 * them, and are small.
	 */
	@ArchTest
	static final ArchRule packagesAreSmall = classes().that()
		.haveNameMatching(".*\\.package-info")
		.should(resideInASmallPackage());

	private static boolean isHttp(JavaClass type) {
		return List.of("org.springframework.http", "org.springframework.web", "org.apache.hc")
			.stream()
			.anyMatch((name) -> type.getPackageName().equals(name) || type.getPackageName().startsWith(name + "."));
	}

	private static ArchCondition<JavaConstructor> haveAtMostParameters() {
		return new ArchCondition<>("have at most " + MAX_PARAMETERS + " parameters") {
			@Override
			public void check(JavaConstructor item, ConditionEvents events) {
				int count = item.getRawParameterTypes().size();
				events.add(new SimpleConditionEvent(item, count <= MAX_PARAMETERS,
						item.getFullName() + " has " + count + " parameters"));
			}
		};
	}

	private static ArchCondition<JavaClass> resideInASmallPackage() {
		return new ArchCondition<>("reside in a package of at most " + MAX_CLASSES + " classes") {
			@Override
			public void check(JavaClass item, ConditionEvents events) {
				Set<JavaClass> all = item.getPackage().getClasses();
				long count = all.stream().filter(RoomsTests::isCounted).count();
				events.add(new SimpleConditionEvent(item, count <= MAX_CLASSES,
						item.getPackageName() + " has " + count + " classes"));
			}
		};
	}

	private static boolean isCounted(JavaClass type) {
		return type.isTopLevelClass() && !type.isArray() && !type.getName().endsWith(".package-info")
				&& !type.getSimpleName().endsWith("Event") && !type.isAssignableTo(Throwable.class);
	}

}
