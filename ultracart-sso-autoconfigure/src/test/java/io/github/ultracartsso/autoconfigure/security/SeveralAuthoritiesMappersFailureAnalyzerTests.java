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

package io.github.ultracartsso.autoconfigure.security;

import java.util.List;
import java.util.Objects;

import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartAuthoritiesMapper;
import io.github.ultracartsso.autoconfigure.TestApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SeveralAuthoritiesMappersFailureAnalyzer}.
 */
class SeveralAuthoritiesMappersFailureAnalyzerTests {

	@Test
	void startWhenSeveralMappersThenSaysHowToHaveOne() {
		TestApplication.configured()
			.withBean("one", UltraCartAuthoritiesMapper.class, () -> (user) -> List.of())
			.withBean("other", UltraCartAuthoritiesMapper.class, () -> (user) -> List.of())
			.run((context) -> {
				FailureAnalysis analysis = analyze(Objects.requireNonNull(context.getStartupFailure()));
				assertThat(analysis.getDescription()).isEqualTo("The application has several UltraCartAuthoritiesMapper"
						+ " beans, of which one is needed: one, other.");
				assertThat(analysis.getAction()).startsWith("Keep one of them").endsWith("return permissions.plus(…).");
			});
	}

	@Test
	void startWhenOneMapperAddsThenStarts() {
		TestApplication.configured().withUserConfiguration(OneMapper.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(UltraCartAuthoritiesMapper.class)).isSameAs(context.getBean("own"));
		});
	}

	@Test
	void analyzeWhenOtherBeansThenLeftToSpringBoot() {
		assertThat(new SeveralAuthoritiesMappersFailureAnalyzer()
			.analyze(new NoUniqueBeanDefinitionException(Runnable.class, "one", "other"))).isNull();
	}

	/**
	 * Does as Spring Boot: the first analyzer that says something has it. Those whose
	 * libraries are absent are left out.
	 */
	private static FailureAnalysis analyze(Throwable failure) {
		StaticApplicationContext context = new StaticApplicationContext();
		return SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, ArgumentResolver.of(BeanFactory.class, context.getBeanFactory())
				.and(Environment.class, context.getEnvironment()), (type, name, ex) -> {
				})
			.stream()
			.map((analyzer) -> analyzer.analyze(failure))
			.filter(Objects::nonNull)
			.findFirst()
			.orElseThrow();
	}

	@Configuration(proxyBeanMethods = false)
	static class OneMapper {

		@Bean
		UltraCartAuthoritiesMapper own(PermissionAuthoritiesMapper permissions) {
			return permissions.plus((user) -> List.of());
		}

	}

}
