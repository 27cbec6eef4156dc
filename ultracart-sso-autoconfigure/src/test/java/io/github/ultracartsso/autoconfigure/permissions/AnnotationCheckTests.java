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
package io.github.ultracartsso.autoconfigure.permissions;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import io.github.ultracartsso.authorization.RequiresGroup;
import io.github.ultracartsso.authorization.RequiresPermission;
import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.UltraCartSsoWarnings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application is told at start of annotations that say nothing, or that nothing
 * reads.
 */
@ExtendWith(OutputCaptureExtension.class)
class AnnotationCheckTests {

	@ParameterizedTest
	@ValueSource(classes = { NothingNamed.class, SeveralNamed.class, BlankName.class, BlankNames.class, NoGroup.class,
			NothingNamedOnType.class })
	void startWhenAnnotationDoesNotSayWhatItRequiresThenFailsAndNamesTheMethod(Class<?> bean) {
		TestApplication.configured().withUserConfiguration(bean).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = Objects.requireNonNull(new MalformedRequirementsFailureAnalyzer()
				.analyze(Objects.requireNonNull(context.getStartupFailure())));
			assertThat(analysis.getDescription()).matches("@Requires(Permission|Group) of .*" + bean.getSimpleName()
					+ ".edit\\(\\) must have one of value, anyOf"
					+ " and allOf, of which (none is set|several are set|one has a blank name)");
			assertThat(analysis.getAction()).contains("@RequiresPermission(\"Edit Items\")");
		});
	}

	@Test
	void startWhenSeveralMistakesThenAllAreNamed() {
		TestApplication.configured().withUserConfiguration(NothingNamed.class, NoGroup.class).run((context) -> {
			FailureAnalysis analysis = Objects.requireNonNull(new MalformedRequirementsFailureAnalyzer()
				.analyze(Objects.requireNonNull(context.getStartupFailure())));
			assertThat(analysis.getDescription()).contains("NothingNamed.edit()", "NoGroup.edit()");
		});
	}

	@Test
	void startWhenProxyHasNoEffectThenEachMethodIsNamedWithTheRemedy(CapturedOutput output) {
		TestApplication.configured().withUserConfiguration(Unproxied.class, UnproxiedToo.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(warnings(output)).containsExactlyInAnyOrder(
					"@RequiresPermission of Unproxied.ofItself has no effect, because the method is private, and only calls"
							+ " of instance methods by other beans are checked. Annotate the public method that they call.",
					"@PreAuthorize of Unproxied.ofClass has no effect, because the method is static, and only calls of"
							+ " instance methods by other beans are checked. Annotate the public method that they call.",
					"@RequiresGroup of Unproxied.last has no effect, because the method is final, and the proxy that checks"
							+ " calls cannot override it. Remove 'final' from the method.");
			assertThat(context.getBean(UltraCartSsoWarnings.class).given()).hasSize(3);
		});
	}

	@Test
	void startWhenTypeIsAnnotatedThenMethodsThatOthersCannotCallAreNotNamed(CapturedOutput output) {
		TestApplication.configured().withUserConfiguration(AnnotatedType.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(warnings(output)).extracting((warning) -> warning.replaceFirst(" has no effect.*", ""))
				.containsExactlyInAnyOrder("@RequiresPermission of AnnotatedType.open",
						"@RequiresPermission of Base.inherited");
		});
	}

	@Test
	void startWhenBeanIsBehindItsInterfaceThenFinalMethodIsProxied(CapturedOutput output) {
		TestApplication.configured()
			.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class))
			.withPropertyValues("spring.aop.proxy-target-class=false")
			.withUserConfiguration(FinalBehindInterface.class)
			.run((context) -> {
				assertThat(AopUtils.isJdkDynamicProxy(context.getBean(Runnable.class))).isTrue();
				assertThat(warnings(output)).isEmpty();
			});
	}

	private static List<String> warnings(CapturedOutput output) {
		return Pattern.compile("(?m)WARN.*AnnotationCheck\\s*(?:--|:)\\s*(.*)$")
			.matcher(output.getAll())
			.results()
			.map((match) -> match.group(1).strip())
			.toList();
	}

	@Component
	static class NothingNamed {

		@RequiresPermission
		public void edit() {
		}

	}

	@Component
	static class SeveralNamed {

		@RequiresPermission(value = "Edit Items", anyOf = "View Items")
		public void edit() {
		}

	}

	@Component
	static class BlankName {

		@RequiresPermission(" ")
		public void edit() {
		}

	}

	@Component
	static class BlankNames {

		@RequiresGroup(allOf = { "Warehouse", "" })
		public void edit() {
		}

	}

	@Component
	static class NoGroup {

		@RequiresGroup
		public void edit() {
		}

	}

	@Component
	@RequiresPermission
	static class NothingNamedOnType {

		public void edit() {
		}

	}

	@Component
	static class Unproxied {

		public void open() {
			ofItself();
			ofClass();
		}

		@RequiresPermission("Edit Items")
		private void ofItself() {
		}

		@PreAuthorize("hasRole('EDIT_ITEMS')")
		static void ofClass() {
		}

		@RequiresGroup("Warehouse")
		final void last() {
		}

		@RequiresPermission("Edit Items")
		protected void seen() {
		}

	}

	@Component
	static class UnproxiedToo extends Unproxied {

	}

	static class Base {

		public final void inherited() {
		}

	}

	@Component
	@RequiresPermission("Edit Items")
	static class AnnotatedType extends Base {

		public final void open() {
			help();
			helpToo();
		}

		private void help() {
		}

		protected final void helpToo() {
		}

		public void edit() {
		}

	}

	@Component
	static class FinalBehindInterface implements Runnable {

		@Override
		@RequiresPermission("Edit Items")
		public final void run() {
		}

	}

}
