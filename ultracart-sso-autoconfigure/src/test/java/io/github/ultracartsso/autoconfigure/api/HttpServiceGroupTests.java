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

package io.github.ultracartsso.autoconfigure.api;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.autoconfigure.Observations;
import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.TestUltraCart;
import io.github.ultracartsso.autoconfigure.api.HttpServiceGroupTests.Order.Orders;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartForbiddenException;
import io.github.ultracartsso.client.UltraCartRateLimitException;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.SsoSessions;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.service.HttpServiceClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.support.HttpRequestWrapper;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.registry.HttpServiceGroup.ClientType;
import org.springframework.web.service.registry.ImportHttpServices;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * HTTP interfaces that an application imports into UltraCart's groups, beside all of
 * Spring Boot's auto-configuration of HTTP interfaces.
 */
class HttpServiceGroupTests {

	@RegisterExtension
	final TestUltraCart ultraCart = new TestUltraCart();

	@RegisterExtension
	final TestUltraCart other = new TestUltraCart();

	@AfterEach
	void tearDown() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void groupThenCallsUltraCartForTheUser() {
		givenOrders(okJson("{\"orders\": []}"));
		calling().run((context) -> {
			assertThat(orders(context).latest()).isEqualTo("{\"orders\": []}");
			assertThat(this.ultraCart.calls()).singleElement().satisfies((call) -> {
				assertThat(call.getHeader("x-ultracart-simple-key")).isEqualTo(TestUltraCart.USER_KEY);
				assertThat(call.getHeader("X-UltraCart-Api-Version")).isEqualTo("2017-03-01");
			});
		});
	}

	@Test
	void groupWhenWithoutSpringBootsRestClientModuleThenCallsUltraCartForTheUser() {
		givenOrders(okJson("{}"));
		TestApplication.calling(this.ultraCart).withUserConfiguration(UserGroup.class).run((context) -> {
			assertThat(orders(context).latest()).isEqualTo("{}");
			assertThat(this.ultraCart.calls()).hasSize(1);
		});
	}

	@Test
	void groupWhenNobodyIsSignedInThenFailsWithoutCall() {
		calling().run((context) -> {
			assertThatExceptionOfType(AuthenticationCredentialsNotFoundException.class)
				.isThrownBy(() -> context.getBean(OrderApi.class).latest());
			assertThat(this.ultraCart.calls()).isEmpty();
		});
	}

	@Test
	void groupWhenRecordHasNoAnnotationThenReadsUltraCartsJson() {
		givenOrders(okJson("""
				{"orders": [{"order_id": "DEMO-1", "creation_dts": "2026-11-19T10:15:30-05:00", "new_member": 1}]}"""));
		calling().run((context) -> {
			signIn(context);
			assertThat(context.getBean(OrderApi.class).list().orders())
				.containsExactly(new Order("DEMO-1", Instant.parse("2026-11-19T15:15:30Z")));
		});
	}

	@Test
	void applicationGroupThenCallsUltraCartAsTheApplication() {
		givenOrders(okJson("{\"orders\": []}"));
		runner().withUserConfiguration(ApplicationGroup.class).run((context) -> {
			assertThat(context.getBean(ReportApi.class).orders().orders()).isEmpty();
			assertThat(this.ultraCart.calls()).singleElement().satisfies((call) -> {
				assertThat(call.getHeader("x-ultracart-simple-key")).isEqualTo(TestApplication.KEY);
				assertThat(call.getHeader("X-UltraCart-Api-Version")).isEqualTo("2017-03-01");
			});
		});
	}

	@Test
	void applicationGroupWhenUserIsSignedInThenAsTheApplicationAllTheSame() {
		givenOrders(okJson("{\"orders\": []}"));
		calling().withUserConfiguration(ApplicationGroup.class).run((context) -> {
			signIn(context);
			context.getBean(ReportApi.class).orders();
			context.getBean(OrderApi.class).latest();
			assertThat(this.ultraCart.calls()).extracting((call) -> call.getHeader("x-ultracart-simple-key"))
				.containsExactly(TestApplication.KEY, TestUltraCart.USER_KEY);
		});
	}

	@Test // F3
	void applicationGroupWhenPropertiesNameAnotherHostThenStartFails() {
		runner().withUserConfiguration(ApplicationGroup.class)
			.withPropertyValues("spring.http.serviceclient.ultracart-application.base-url=https://api.example.com")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(UnsuitableHttpServiceGroupException.class)
				.hasMessageStartingWith("spring.http.serviceclient.ultracart-application.base-url is"));
	}

	@Test
	void groupWhenVersionAtMethodThenSentInUltraCartsHeader() {
		givenOrders(okJson("{}"));
		calling().run((context) -> {
			orders(context).latestOfVersion();
			assertThat(this.ultraCart.calls()).singleElement().satisfies((call) -> {
				assertThat(call.getHeader("X-UltraCart-Api-Version")).isEqualTo("2031-12-24");
				assertThat(call.getUrl()).isEqualTo("/rest/v2/order/orders");
			});
		});
	}

	@Test
	void groupWhenDefaultVersionAndHeaderInPropertiesThenSent() {
		givenOrders(okJson("{}"));
		calling()
			.withPropertyValues("spring.http.serviceclient.ultracart.apiversion.default=2030-01-01",
					"spring.http.serviceclient.ultracart.default-header.accept-language=de")
			.run((context) -> {
				orders(context).latest();
				assertThat(this.ultraCart.calls()).singleElement().satisfies((call) -> {
					assertThat(call.getHeader("X-UltraCart-Api-Version")).isEqualTo("2030-01-01");
					assertThat(call.getHeader("Accept-Language")).isEqualTo("de");
				});
			});
	}

	@Test
	void groupWhenKeyInPropertiesThenTheUsersAllTheSame() {
		givenOrders(okJson("{}"));
		calling()
			.withPropertyValues("spring.http.serviceclient.ultracart.default-header.x-ultracart-simple-key=other-key",
					"spring.http.serviceclient.ultracart.default-header.authorization=Bearer other")
			.run((context) -> {
				orders(context).latest();
				assertThat(this.ultraCart.calls()).singleElement().satisfies((call) -> {
					assertThat(call.getHeaders().getHeader("x-ultracart-simple-key").values())
						.containsExactly(TestUltraCart.USER_KEY);
					assertThat(call.containsHeader("Authorization")).isFalse();
				});
			});
	}

	@Test
	void groupWhenDatesAreParametersThenAsUltraCartWritesThem() {
		this.ultraCart.given(get(urlPathEqualTo("/rest/v2/order/orders/2026-11-28")), okJson("{}"));
		calling().run((context) -> {
			OffsetDateTime begin = OffsetDateTime.parse("2026-11-28T09:14:00+01:00");
			orders(context).between(LocalDate.of(2026, 11, 28), begin, Instant.parse("2026-11-28T14:14:00Z"),
					LocalDate.of(2026, 11, 29));
			assertThat(this.ultraCart.calls()).singleElement().satisfies((call) -> {
				assertThat(call.queryParameter("begin").firstValue()).isEqualTo("2026-11-28T09:14:00+01:00");
				assertThat(call.queryParameter("end").firstValue()).isEqualTo("2026-11-28T09:14:00-05:00");
				assertThat(call.queryParameter("day").firstValue()).isEqualTo("29.11.26");
			});
		});
	}

	@Test
	void groupWhenApplicationHasItsOwnConversionsThenThese() {
		this.ultraCart.given(get(urlPathEqualTo("/rest/v2/order/orders/today")), okJson("{}"));
		calling().withUserConfiguration(OwnConversions.class).run((context) -> {
			orders(context).between(LocalDate.of(2026, 11, 28), null, null, null);
			assertThat(this.ultraCart.calls()).hasSize(1);
		});
	}

	@Test
	void groupWhenUltraCartRefusesThenExceptionsOfTheLibrary() {
		givenOrders(aResponse().withStatus(403)
			.withHeader("Content-Type", "application/json")
			.withBody("{\"error\": {\"user_message\": \"Not for you.\"}}"));
		calling().run((context) -> assertThatExceptionOfType(UltraCartForbiddenException.class)
			.isThrownBy(() -> orders(context).latest())
			.satisfies((ex) -> assertThat(ex.getUserMessage()).isEqualTo("Not for you.")));
	}

	@Test
	void groupWhenTooManyCallsThenOtherCallsAreHeldBackToo() {
		givenOrders(aResponse().withStatus(429).withHeader("Retry-After", "60"));
		calling().run((context) -> {
			OrderApi orders = orders(context);
			assertThatExceptionOfType(UltraCartRateLimitException.class).isThrownBy(orders::latest);
			assertThatExceptionOfType(UltraCartRateLimitException.class).isThrownBy(orders::latest);
			assertThat(context.getBean(CallGate.class).closedFor()).isPositive();
			assertThat(this.ultraCart.calls()).hasSize(1);
		});
	}

	@Test // C6, F3
	void groupWhenRedirectedThenNotFollowed() {
		givenOrders(temporaryRedirect(this.other.baseUrl() + "/order/orders"));
		calling().run((context) -> {
			assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> orders(context).latest());
			assertThat(this.other.calls()).isEmpty();
		});
	}

	@Test // F3
	void groupWhenInterfaceNamesOtherHostThenRefused() {
		calling().withPropertyValues("other.url=" + this.other.baseUrl()).run((context) -> {
			signIn(context);
			assertThatIllegalArgumentException().isThrownBy(() -> context.getBean(OtherApi.class).orders())
				.withMessageStartingWith("This RestClient calls UltraCart at " + this.ultraCart.baseUrl() + " only");
			assertThat(this.other.calls()).isEmpty();
		});
	}

	@Test // F3
	void groupWhenConfigurersNameOtherHostAndRequestFactoryThenCallsUltraCart() {
		givenOrders(okJson("{}"));
		calling().withUserConfiguration(OtherHost.class)
			.withPropertyValues("other.url=" + this.other.baseUrl())
			.run((context) -> {
				orders(context).latest();
				assertThat(this.ultraCart.calls()).hasSize(1);
				assertThatIllegalArgumentException().isThrownBy(() -> context.getBean(OtherApi.class).orders());
				assertThat(this.other.calls()).isEmpty();
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/" })
	void baseUrlWhenUltraCartsThenAccepted(String end) {
		givenOrders(okJson("{}"));
		calling().withPropertyValues("spring.http.serviceclient.ultracart.base-url=" + this.ultraCart.baseUrl() + end)
			.run((context) -> assertThat(orders(context).latest()).isEqualTo("{}"));
	}

	@Test // F3
	void baseUrlWhenOfAnotherHostThenStartFailsAndSaysWhy() {
		calling().withPropertyValues("spring.http.serviceclient.ultracart.base-url=https://api.example.com")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(UnsuitableHttpServiceGroupException.class)
				.hasMessage("spring.http.serviceclient.ultracart.base-url is https://api.example.com, but the calls of"
						+ " this group go to ultracart.sso.base-url only, and the key to no other host")
				.satisfies((ex) -> assertThat(new UnsuitableHttpServiceGroupFailureAnalyzer().analyze(ex))
					.extracting(FailureAnalysis::getAction)
					.isEqualTo("Remove spring.http.serviceclient.ultracart.base-url. For another server, give the group"
							+ " another name.")));
	}

	@ParameterizedTest
	@CsvSource({ "read-timeout=3s, Set ultracart.sso.http.read-timeout instead.",
			"connect-timeout=3s, Set ultracart.sso.http.connect-timeout instead.",
			"ssl.bundle=mine, Set ultracart.sso.http.ssl.bundle instead.",
			"redirects=follow, Remove spring.http.serviceclient.ultracart.redirects.",
			"cookie-handling=enable, Remove spring.http.serviceclient.ultracart.cookie-handling.",
			"apiversion.insert.header=X-Version, Remove spring.http.serviceclient.ultracart.apiversion.insert.header.",
			"apiversion.insert.query-parameter=v, Remove spring.http.serviceclient.ultracart.apiversion.insert.query-parameter.",
			"apiversion.insert.path-segment=1, Remove spring.http.serviceclient.ultracart.apiversion.insert.path-segment.",
			"apiversion.insert.media-type-parameter=v, Remove spring.http.serviceclient.ultracart.apiversion.insert.media-type-parameter." })
	void propertyWhenWithoutEffectThenStartFailsAndNamesTheOther(String property, String remedy) {
		calling()
			.withPropertyValues("spring.http.serviceclient.ultracart." + property,
					"spring.ssl.bundle.pem.mine.truststore.certificate=")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(UnsuitableHttpServiceGroupException.class,
						(ex) -> assertThat(ex.remedy()).isEqualTo(remedy)));
	}

	@Test
	void propertiesWhenSeveralAreMistakenThenAllAreNamedAtOnce() {
		calling().withUserConfiguration(ApplicationGroup.class)
			.withPropertyValues("spring.http.serviceclient.ultracart.redirects=follow",
					"spring.http.serviceclient.ultracart.read-timeout=3s",
					"spring.http.serviceclient.ultracart-application.base-url=https://api.example.com")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(UnsuitableHttpServiceGroupException.class)
				.satisfies((ex) -> assertThat(new UnsuitableHttpServiceGroupFailureAnalyzer().analyze(ex))
					.extracting(FailureAnalysis::getDescription, FailureAnalysis::getAction)
					.satisfies((texts) -> assertThat(texts.get(0)).asString()
						.contains("ultracart.redirects is set, but", "ultracart.read-timeout is set, but",
								"ultracart-application.base-url is"))
					.satisfies((texts) -> assertThat(texts.get(1)).asString().hasLineCount(3))));
	}

	@Test
	void customizerOfAllRestClientsThenAppliesAndSeesNoKey() {
		givenOrders(okJson("{\"orders\": []}"));
		RecordingCustomizer recording = new RecordingCustomizer();
		calling().withUserConfiguration(ApplicationGroup.class)
			.withBean(RestClientCustomizer.class, () -> recording)
			.run((context) -> {
				orders(context).latest();
				context.getBean(ReportApi.class).orders();
				assertThat(recording.headers).hasSize(2)
					.allSatisfy((headers) -> assertThat(headers.toString()).doesNotContain(TestUltraCart.USER_KEY,
							TestApplication.KEY));
				assertThat(this.ultraCart.calls()).extracting((call) -> call.getHeader("x-ultracart-simple-key"))
					.containsExactly(TestUltraCart.USER_KEY, TestApplication.KEY);
			});
	}

	@Test // F3
	void applicationGroupWhenConfigurersOrInterfacesNameOtherHostThenCallsUltraCartAlone() {
		givenOrders(okJson("{\"orders\": []}"));
		runner().withUserConfiguration(ApplicationGroupOfOtherHost.class, OtherHost.class)
			.withPropertyValues("other.url=" + this.other.baseUrl())
			.run((context) -> {
				context.getBean(ReportApi.class).orders();
				assertThat(this.ultraCart.calls()).hasSize(1);
				assertThatIllegalArgumentException().isThrownBy(() -> context.getBean(OtherApi.class).orders())
					.withMessageStartingWith(
							"This RestClient calls UltraCart at " + this.ultraCart.baseUrl() + " only");
				assertThat(this.other.calls()).isEmpty();
			});
	}

	@Test // F3
	void groupWhenInterceptorChangesTheHostThenRefused() {
		calling().withUserConfiguration(ApplicationGroup.class)
			.withBean(RestClientCustomizer.class, () -> (client) -> client
				.requestInterceptor((request, body, execution) -> execution.execute(new HttpRequestWrapper(request) {

					@Override
					public URI getURI() {
						return URI.create(HttpServiceGroupTests.this.other.baseUrl() + "/order/orders");
					}

				}, body)))
			.run((context) -> {
				assertThatIllegalArgumentException().isThrownBy(() -> orders(context).latest());
				assertThatIllegalArgumentException().isThrownBy(() -> context.getBean(ReportApi.class).orders());
				assertThat(this.other.calls()).isEmpty();
				assertThat(this.ultraCart.calls()).isEmpty();
			});
	}

	@Test
	void groupWhenParameterIsALocalDateTimeThenRefusedWithTheRemedy() {
		calling().run((context) -> {
			assertThatExceptionOfType(ConversionFailedException.class)
				.isThrownBy(() -> orders(context).since(LocalDateTime.of(2026, 11, 28, 9, 14)))
				.withStackTraceContaining("Give UltraCart an OffsetDateTime or Instant");
			assertThat(this.ultraCart.calls()).isEmpty();
		});
	}

	@Test
	void callWhenFailedThenObservedWithItsStatus() {
		givenOrders(aResponse().withStatus(503));
		Observations observations = new Observations();
		calling().withBean(ObservationRegistry.class, observations::registry).run((context) -> {
			assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> orders(context).latest());
			assertThat(observations.tags()).containsEntry("status", "503")
				.containsEntry("uri", "/rest/v2/order/orders");
		});
	}

	@Test
	void groupWhenForWebClientThenStartFails() {
		runner().withUserConfiguration(WebClientGroup.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(UnsuitableHttpServiceGroupException.class)
				.hasMessageStartingWith("The HTTP service group 'ultracart' is for WebClient"));
	}

	@Test
	void groupWhenNoWebFluxThenCallsUltraCart() {
		givenOrders(okJson("{}"));
		calling().withClassLoader(new FilteredClassLoader("org.springframework.web.reactive"))
			.run((context) -> assertThat(orders(context).latest()).isEqualTo("{}"));
	}

	/**
	 * There is no base URL, so nothing is sent.
	 */
	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void groupWhenMisspeltThenWarnsAndCallsNobody(CapturedOutput output) {
		runner().withUserConfiguration(MisspeltGroup.class).run((context) -> {
			assertThat(output)
				.contains("The HTTP service group 'UltraCart' is not configured to call UltraCart. Name it"
						+ " 'ultracart' for calls as the signed-in user");
			assertThatExceptionOfType(ResourceAccessException.class).isThrownBy(() -> orders(context).latest())
				.withMessageContaining("Target host is not specified");
			assertThat(this.ultraCart.calls()).isEmpty();
		});
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void groupWhenNamedLikeUltraCartsAndHasItsOwnUrlThenLeftAlone(CapturedOutput output) {
		this.other.given(get(urlPathEqualTo("/rest/v2/order/orders")), okJson("{}"));
		runner().withUserConfiguration(WebhooksGroup.class)
			.withPropertyValues("spring.http.serviceclient.ultracart-webhooks.base-url=" + this.other.baseUrl())
			.run((context) -> {
				assertThat(orders(context).latest()).isEqualTo("{}");
				assertThat(this.other.calls()).singleElement()
					.satisfies((call) -> assertThat(call.containsHeader("x-ultracart-simple-key")).isFalse());
				assertThat(output).doesNotContain("HTTP service group");
			});
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void groupWhenOfAnotherServerThenLeftAlone(CapturedOutput output) {
		this.other.given(get(urlPathEqualTo("/rest/v2/order/orders")), okJson("{}"));
		runner().withUserConfiguration(OtherGroup.class)
			.withPropertyValues("spring.http.serviceclient.shop.base-url=" + this.other.baseUrl(),
					"spring.http.serviceclient.shop.read-timeout=3s")
			.run((context) -> {
				assertThat(orders(context).latest()).isEqualTo("{}");
				assertThat(this.other.calls()).singleElement()
					.satisfies((call) -> assertThat(call.containsHeader("x-ultracart-simple-key")).isFalse());
				assertThat(output).doesNotContain("HTTP service group");
			});
	}

	@Test
	void groupWhenDisabledThenNotConfigured() {
		calling().withPropertyValues("ultracart.sso.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(UltraCartHttpServiceGroupConfigurer.class));
	}

	private WebApplicationContextRunner calling() {
		return runner().withUserConfiguration(UserGroup.class);
	}

	private WebApplicationContextRunner runner() {
		return TestApplication.calling(this.ultraCart)
			.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class,
					HttpMessageConvertersAutoConfiguration.class, HttpClientAutoConfiguration.class,
					ImperativeHttpClientAutoConfiguration.class, HttpServiceClientPropertiesAutoConfiguration.class,
					RestClientAutoConfiguration.class, HttpServiceClientAutoConfiguration.class))
			.withPropertyValues("other.url=http://localhost:1");
	}

	private void givenOrders(ResponseDefinitionBuilder answer) {
		this.ultraCart.given(get(urlPathEqualTo("/rest/v2/order/orders")), answer);
	}

	private static OrderApi orders(ApplicationContext context) {
		signIn(context);
		return context.getBean(OrderApi.class);
	}

	private static void signIn(ApplicationContext context) {
		SsoSession ssoSession = SsoSession.withId("sso-session")
			.userId(17)
			.simpleKey(SimpleKey.of(TestUltraCart.USER_KEY))
			.expiresAt(Instant.MAX)
			.build();
		UltraCartAuthenticationToken jane = new UltraCartAuthenticationToken(UltraCartUser.with(17, "jane").build(),
				AuthorityUtils.NO_AUTHORITIES);
		SecurityContextHolder
			.setContext(new SecurityContextImpl(context.getBean(SsoSessions.class).bind(jane, ssoSession)));
	}

	record Order(String orderId, Instant creationDts) {

		record Orders(List<Order> orders) {

		}

	}

	interface ReportApi {

		@GetExchange("/order/orders")
		Orders orders();

	}

	interface OrderApi {

		@GetExchange("/order/orders")
		String latest();

		@GetExchange("/order/orders")
		Orders list();

		@GetExchange("/order/orders/{date}")
		String between(@PathVariable LocalDate date,
				@RequestParam(name = "begin", required = false) @Nullable OffsetDateTime begin,
				@RequestParam(name = "end", required = false) @Nullable Instant end, @RequestParam(name = "day",
						required = false) @DateTimeFormat(pattern = "dd.MM.yy") @Nullable LocalDate day);

		@GetExchange("/order/orders")
		String since(@RequestParam LocalDateTime begin);

		@GetExchange(url = "/order/orders", version = "2031-12-24")
		String latestOfVersion();

	}

	@HttpExchange("${other.url}")
	interface OtherApi {

		@GetExchange("/order/orders")
		String orders();

	}

	@Configuration(proxyBeanMethods = false)
	@ImportHttpServices(group = "ultracart", types = { OrderApi.class, OtherApi.class })
	static class UserGroup {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportHttpServices(group = "ultracart-application", types = ReportApi.class)
	static class ApplicationGroup {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportHttpServices(group = "ultracart-application", types = { ReportApi.class, OtherApi.class })
	static class ApplicationGroupOfOtherHost {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportHttpServices(group = "ultracart-webhooks", types = OrderApi.class)
	static class WebhooksGroup {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportHttpServices(group = "UltraCart", types = OrderApi.class)
	static class MisspeltGroup {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportHttpServices(group = "shop", types = OrderApi.class)
	static class OtherGroup {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportHttpServices(group = "ultracart", types = OrderApi.class, clientType = ClientType.WEB_CLIENT)
	static class WebClientGroup {

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnConversions {

		@Bean
		RestClientHttpServiceGroupConfigurer ownConversions() {
			DefaultConversionService conversions = new DefaultConversionService();
			conversions.addConverter(LocalDate.class, String.class, (date) -> "today");
			return (groups) -> groups.forEachProxyFactory((group, factory) -> factory.conversionService(conversions));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherHost {

		@Bean
		RestClientHttpServiceGroupConfigurer otherHost() {
			return (groups) -> groups.forEachClient((group, client) -> client.baseUrl("https://api.example.com")
				.requestFactory(new JdkClientHttpRequestFactory()));
		}

	}

	static class RecordingCustomizer implements RestClientCustomizer {

		final List<HttpHeaders> headers = new CopyOnWriteArrayList<>();

		@Override
		public void customize(RestClient.Builder restClientBuilder) {
			restClientBuilder.requestInterceptor((request, body, execution) -> {
				this.headers.add(request.getHeaders());
				return execution.execute(request, body);
			});
		}

	}

}
