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
package io.github.ultracartsso.autoconfigure.actuate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.TestBrowser;
import io.github.ultracartsso.autoconfigure.TestUltraCart;
import io.github.ultracartsso.client.traffic.LimitStore;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * The dashboard and the alert rules of the documentation name meters and tags that an
 * application has, under the names that Prometheus gives them.
 */
class OperationsDocumentationTests {

	private static final Path OPERATIONS = Path.of("..", "docs", "operations");

	private static final Pattern SAMPLE = Pattern.compile("(?m)^(ultracart_sso_[a-z_]+)(?:\\{([^}]*)})?");

	private static final Pattern SELECTOR = Pattern.compile("(ultracart_sso_[a-z_]+)(?:\\{([^}]*)})?");

	private static final Pattern LABEL = Pattern.compile("([a-z_]+)\\s*=~?\"([^\"]*)\"");

	/**
	 * Labels of Prometheus' own.
	 */
	private static final Set<String> OF_SCRAPE = Set.of("job", "instance");

	@RegisterExtension
	final TestUltraCart ultraCart = new TestUltraCart();

	@ParameterizedTest
	@ValueSource(strings = { "alerts.yml", "grafana-dashboard.json" })
	void documentThenNamesOnlyMetersAndTagsThatThereAre(String file) throws IOException {
		String document = Files.readString(OPERATIONS.resolve(file)).replace("\\\"", "\"");
		Set<String> existing = samples();
		assertThat(SELECTOR.matcher(document).results().map((match) -> match.group(1)).distinct()).hasSizeGreaterThan(8)
			.allMatch((name) -> existing.stream().anyMatch((sample) -> sample.startsWith(name + "{")));
		assertThat(SELECTOR.matcher(document)
			.results()
			.flatMap(OperationsDocumentationTests::labels)
			.filter((label) -> !existing.contains(label))).isEmpty();
	}

	@Test
	void dashboardThenWellFormedWithPanelsThatDoNotOverlap() throws IOException {
		JsonNode dashboard = JsonMapper.shared()
			.readTree(Files.readString(OPERATIONS.resolve("grafana-dashboard.json")));
		Set<String> fields = new TreeSet<>();
		for (JsonNode panel : dashboard.required("panels")) {
			assertThat(panel.required("title").asString()).isNotBlank();
			assertThat(panel.required("targets").size()).isPositive();
			JsonNode position = panel.required("gridPos");
			for (int x = 0; x < position.required("w").asInt(); x++) {
				for (int y = 0; y < position.required("h").asInt(); y++) {
					assertThat(fields
						.add((position.required("x").asInt() + x) + "/" + (position.required("y").asInt() + y)))
						.isTrue();
				}
			}
			assertThat(position.required("x").asInt() + position.required("w").asInt()).isLessThanOrEqualTo(24);
		}
	}

	/**
	 * Returns each name with each value of each label that a selector demands.
	 */
	private static Stream<String> labels(MatchResult selector) {
		if (selector.group(2) == null) {
			return Stream.empty();
		}
		return LABEL.matcher(selector.group(2))
			.results()
			.filter((label) -> !OF_SCRAPE.contains(label.group(1)))
			.flatMap((label) -> Stream.of(label.group(2).split("\\|", -1))
				.map((value) -> "%s{%s=%s".formatted(selector.group(1), label.group(1), value)));
	}

	private Set<String> samples() {
		Set<String> samples = new TreeSet<>();
		LimitStore limitStore = mock(LimitStore.class);
		given(limitStore.replace(any(), any(), any())).willReturn(true);
		TestApplication.withEverything(this.ultraCart)
			.withPropertyValues("ultracart.sso.limits.store=redis")
			.withBean(LimitStore.class, () -> limitStore)
			.withUserConfiguration(Prometheus.class)
			.run((context) -> {
				new TestBrowser(context).signIn(this.ultraCart);
				String scraped = context.getBean(PrometheusMeterRegistry.class).scrape();
				SAMPLE.matcher(scraped).results().forEach((sample) -> {
					samples.add(sample.group(1) + "{");
					if (sample.group(2) != null) {
						samples.addAll(LABEL.matcher(sample.group(2))
							.results()
							.map((label) -> "%s{%s=%s".formatted(sample.group(1), label.group(1), label.group(2)))
							.collect(Collectors.toSet()));
					}
				});
			});
		return samples;
	}

	@Configuration(proxyBeanMethods = false)
	static class Prometheus {

		@Bean
		PrometheusMeterRegistry prometheusMeterRegistry() {
			return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		}

	}

}
