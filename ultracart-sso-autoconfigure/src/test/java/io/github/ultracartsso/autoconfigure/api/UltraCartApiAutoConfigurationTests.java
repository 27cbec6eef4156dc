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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.autoconfigure.Observations;
import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.TestUltraCart;
import io.github.ultracartsso.autoconfigure.UltraCartSsoConnectionDetails;
import io.github.ultracartsso.autoconfigure.client.UltraCartSsoClientAutoConfiguration;
import io.github.ultracartsso.autoconfigure.session.UltraCartSsoSessionAutoConfiguration;
import io.github.ultracartsso.client.ApplicationCredential;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.SingleSignOnAuthorizeRequest;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartRateLimitException;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.client.UltraCartUnavailableException;
import io.github.ultracartsso.client.http.UltraCartApiTransport;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.SsoSessionPolicy;
import io.github.ultracartsso.session.SsoSessions;
import io.github.ultracartsso.web.api.UltraCartApi;
import io.github.ultracartsso.web.api.UltraCartApiClients;
import io.github.ultracartsso.web.api.UltraCartKeyInterceptor;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.support.HttpRequestWrapper;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.client.RestClient;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.noContent;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link UltraCartApiAutoConfiguration}, each with a real call where it is
 * about what is sent.
 */
class UltraCartApiAutoConfigurationTests {

	private static final UltraCartAuthenticationToken JANE = new UltraCartAuthenticationToken(
			UltraCartUser.with(17, "jane").build(), AuthorityUtils.NO_AUTHORITIES);

	@RegisterExtension
	final TestUltraCart ultraCart = new TestUltraCart();

	@RegisterExtension
	final TestUltraCart other = new TestUltraCart();

	@AfterEach
	void tearDown() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void startWhenNothingCallsForUsersThenNoBeanIsCreated() {
		TestApplication.calling(this.ultraCart).run((context) -> {
			assertThat(context).hasSingleBean(UltraCartApiTransport.class).hasSingleBean(UltraCartKeyInterceptor.class);
			assertThat(context.getSourceApplicationContext().getBeanFactory().getSingletonNames())
				.contains("ultraCartSsoClient")
				.doesNotContain("ultraCartApiTransport", "ultraCartKeyInterceptor", "ultraCartRestClient",
						"ultraCartApiClients");
		});
	}

	@Test
	void restClientThenCallsUltraCartForTheUser() {
		givenOrders(okJson("{\"orders\": []}"));
		TestApplication.calling(this.ultraCart).run((context) -> {
			signIn(context);
			assertThat(orders(context)).isEqualTo("{\"orders\": []}");
			assertThat(this.ultraCart.calls()).singleElement().satisfies((call) -> {
				assertThat(call.getHeader("x-ultracart-simple-key")).isEqualTo(TestUltraCart.USER_KEY);
				assertThat(call.getHeader("X-UltraCart-Api-Version")).isEqualTo("2017-03-01");
				assertThat(call.containsHeader("Authorization")).isFalse();
			});
		});
	}

	@Test
	void restClientWhenApiVersionSetThenItIsSent() {
		givenOrders(okJson("{}"));
		TestApplication.calling(this.ultraCart)
			.withPropertyValues("ultracart.sso.api-version=2031-12-24")
			.run((context) -> {
				signIn(context);
				orders(context);
				assertThat(this.ultraCart.calls()).singleElement()
					.satisfies((call) -> assertThat(call.getHeader("X-UltraCart-Api-Version")).isEqualTo("2031-12-24"));
			});
	}

	@Test
	void restClientWhenApiVersionOfOneCallThenItIsSent() {
		givenOrders(okJson("{}"));
		TestApplication.calling(this.ultraCart).run((context) -> {
			signIn(context);
			restClient(context).get().uri("/order/orders").apiVersion("2031-12-24").retrieve().toBodilessEntity();
			assertThat(this.ultraCart.calls()).singleElement()
				.satisfies((call) -> assertThat(call.getHeader("X-UltraCart-Api-Version")).isEqualTo("2031-12-24"));
		});
	}

	@Test
	void restClientWhenConnectionDetailsThenCallsGoThere() {
		givenOrders(okJson("{}"));
		UltraCartSsoConnectionDetails connection = mock(UltraCartSsoConnectionDetails.class);
		given(connection.getBaseUrl()).willReturn(URI.create(this.ultraCart.baseUrl()));
		given(connection.getApplicationCredential()).willReturn(mock(ApplicationCredential.class));
		TestApplication.unconfigured()
			.withBean(UltraCartSsoConnectionDetails.class, () -> connection)
			.run((context) -> {
				signIn(context);
				orders(context);
				assertThat(this.ultraCart.calls()).hasSize(1);
			});
	}

	@Test
	void restClientWhenOwnSsoClientThenThereAllTheSame() {
		TestApplication.unconfigured()
			.withBean(UltraCartSsoClient.class, () -> mock(UltraCartSsoClient.class))
			.run((context) -> assertThat(restClient(context)).isNotNull());
	}

	@Test
	void restClientWhenNobodyIsSignedInThenSaysSoAndMakesNoCall() {
		TestApplication.calling(this.ultraCart).run((context) -> {
			assertThatExceptionOfType(AuthenticationCredentialsNotFoundException.class)
				.isThrownBy(() -> orders(context))
				.withMessageStartingWith(
						"GET /rest/v2/order/orders is called on behalf of a user, but no user who has signed in with UltraCart is known");
			assertThat(this.ultraCart.calls()).isEmpty();
		});
	}

	@Test // F3
	void restClientWhenOtherHostThenRefused() {
		TestApplication.calling(this.ultraCart).run((context) -> {
			signIn(context);
			RestClient restClient = restClient(context);
			assertThatIllegalArgumentException()
				.isThrownBy(() -> restClient.get().uri(this.other.baseUrl() + "/order").retrieve().toBodilessEntity())
				.withMessageStartingWith("This RestClient calls UltraCart at " + this.ultraCart.baseUrl() + " only");
			assertThat(this.other.calls()).isEmpty();
		});
	}

	@Test // C6, F3
	void restClientWhenRedirectedThenNotFollowed() {
		givenOrders(temporaryRedirect(this.other.baseUrl() + "/order/orders"));
		TestApplication.calling(this.ultraCart).run((context) -> {
			signIn(context);
			assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> orders(context))
				.satisfies((ex) -> assertThat(ex.getStatus()).isEqualTo(302));
			assertThat(this.other.calls()).isEmpty();
		});
	}

	@Test
	void restClientWhenTooManyCallsThenLoginsAreHeldBackToo() {
		givenOrders(aResponse().withStatus(429).withHeader("Retry-After", "60"));
		TestApplication.calling(this.ultraCart).run((context) -> {
			signIn(context);
			assertThatExceptionOfType(UltraCartRateLimitException.class).isThrownBy(() -> orders(context));
			assertThat(context.getBean(CallGate.class).closedFor()).isPositive();
			assertThatExceptionOfType(UltraCartRateLimitException.class)
				.isThrownBy(() -> context.getBean(UltraCartSsoClient.class)
					.authorize(new SingleSignOnAuthorizeRequest("https://app.example.com/login/ultracart", "state")));
			assertThat(this.ultraCart.calls()).hasSize(1);
		});
	}

	@Test
	void applicationRestClientThenCallsUltraCartAsTheApplicationWhoeverIsSignedIn() {
		givenOrders(okJson("{\"orders\": []}"));
		TestApplication.calling(this.ultraCart).run((context) -> {
			assertThat(orders(applicationRestClient(context))).isEqualTo("{\"orders\": []}");
			signIn(context);
			orders(applicationRestClient(context));
			assertThat(this.ultraCart.calls()).hasSize(2).allSatisfy((call) -> {
				assertThat(call.getHeader("x-ultracart-simple-key")).isEqualTo(TestApplication.KEY);
				assertThat(call.getHeader("X-UltraCart-Api-Version")).isEqualTo("2017-03-01");
			});
		});
	}

	@Test
	void applicationRestClientWhenNoWebApplicationThenCallsUltraCart() {
		givenOrders(okJson("{\"orders\": []}"));
		TestApplication.nonWeb()
			.withPropertyValues("ultracart.sso.base-url=" + this.ultraCart.baseUrl())
			.withClassLoader(new FilteredClassLoader("jakarta.servlet"))
			.run((context) -> assertThat(orders(applicationRestClient(context))).isEqualTo("{\"orders\": []}"));
	}

	@Test
	void applicationRestClientWhenOAuthThenWithAnAccessToken() {
		givenOrders(okJson("{}"));
		this.ultraCart.given(post(urlPathEqualTo(TestUltraCart.ACCESS_TOKEN)),
				okJson("{\"access_token\": \"token-4711\", \"expires_in\": \"3600\"}"));
		TestApplication.unconfigured()
			.withPropertyValues("ultracart.sso.base-url=" + this.ultraCart.baseUrl(),
					"ultracart.sso.oauth.client-id=client", "ultracart.sso.oauth.refresh-token=refresh-token")
			.run((context) -> {
				orders(applicationRestClient(context));
				assertThat(this.ultraCart.calls()).extracting((call) -> call.getHeader("Authorization"))
					.containsExactlyInAnyOrder(null, "Bearer token-4711");
			});
	}

	@Test
	void applicationRestClientWhenOwnSsoClientThenFailsWithTheRemedy() {
		TestApplication.unconfigured()
			.withBean(UltraCartSsoClient.class, () -> mock(UltraCartSsoClient.class))
			.run((context) -> assertThatExceptionOfType(BeanCreationException.class)
				.isThrownBy(() -> applicationRestClient(context))
				.withStackTraceContaining("there is no UltraCartSsoConnectionDetails bean"));
	}

	@Test // C6, F3
	void applicationRestClientWhenAnotherHostThenRejected() {
		TestApplication.calling(this.ultraCart).run((context) -> {
			RestClient restClient = applicationRestClient(context);
			assertThatIllegalArgumentException()
				.isThrownBy(() -> restClient.get().uri(this.other.baseUrl() + "/order").retrieve().toBodilessEntity())
				.withMessageStartingWith("This RestClient calls UltraCart at " + this.ultraCart.baseUrl() + " only");
			assertThat(this.other.calls()).isEmpty();
		});
	}

	@ParameterizedTest
	@EnumSource
	void restClientWhenApplicationHasItsOwnForOneCallerThenTheOtherStays(UltraCartApi.Caller caller) {
		Class<?> own = (caller == UltraCartApi.Caller.USER) ? OwnUltraCartApi.class : OwnApplicationApi.class;
		TestApplication.configured().withUserConfiguration(own).run((context) -> {
			boolean user = caller == UltraCartApi.Caller.USER;
			assertThat(restClient(context)).isSameAs(context.getBean(user ? "own" : "ultraCartRestClient"));
			assertThat(applicationRestClient(context))
				.isSameAs(context.getBean(user ? "ultraCartApplicationRestClient" : "own"));
		});
	}

	@Test
	void restClientsThenReadAndWriteJsonAsUltraCart() {
		givenOrders(okJson(
				"{\"order_id\": \"DEMO-1\", \"creation_dts\": \"2026-11-28T09:14:00-05:00\", \"item_count\": null}"));
		this.ultraCart.given(put(urlPathEqualTo("/rest/v2/order/orders")), noContent());
		TestApplication.calling(this.ultraCart)
			.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
			.withPropertyValues("spring.jackson.property-naming-strategy=UPPER_CAMEL_CASE",
					"spring.jackson.deserialization.fail-on-unknown-properties=true")
			.run((context) -> {
				signIn(context);
				Order order = new Order("DEMO-1", Instant.parse("2026-11-28T14:14:00Z"), null);
				for (RestClient client : List.of(restClient(context), applicationRestClient(context))) {
					assertThat(client.get().uri("/order/orders").retrieve().requiredBody(Order.class)).isEqualTo(order);
					client.put().uri("/order/orders").body(order).retrieve().toBodilessEntity();
				}
				assertThat(this.ultraCart.calls()).map(LoggedRequest::getBodyAsString)
					.filteredOn((body) -> !body.isEmpty())
					.hasSize(2)
					.allSatisfy((body) -> assertThat(body)
						.isEqualTo("{\"order_id\":\"DEMO-1\",\"creation_dts\":\"2026-11-28T09:14:00-05:00\"}"));
				assertThat(context.getBean(JsonMapper.class).writeValueAsString(order)).contains("\"OrderId\"");
			});
	}

	@Test
	void restClientWhenApplicationCustomizesItsJsonThenCustomizersModulesAndMixinsApply() {
		givenOrders(
				okJson("{\"order_id\": \"demo-1\", \"creation_dts\": \"2026-11-28T09:14:00-05:00\", \"count\": 3}"));
		TestApplication.calling(this.ultraCart)
			.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
			.withUserConfiguration(OwnJson.class)
			.run((context) -> {
				signIn(context);
				assertThat(restClient(context).get().uri("/order/orders").retrieve().requiredBody(Order.class))
					.isEqualTo(new Order("DEMO-1", Instant.parse("2026-11-28T14:14:00Z"), 3));
			});
	}

	@Test
	void restClientWhenApplicationHasItsOwnJsonMapperThenACopyOfThat() {
		givenOrders(
				okJson("{\"order_id\": \"DEMO-1\", \"creation_dts\": \"2026-11-28T09:14:00-05:00\", \"count\": 3}"));
		TestApplication.calling(this.ultraCart)
			.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
			.withBean(JsonMapper.class, () -> JsonMapper.builder().addMixIn(Order.class, OrderMixin.class).build())
			.run((context) -> {
				signIn(context);
				assertThat(restClient(context).get().uri("/order/orders").retrieve().requiredBody(Order.class))
					.isEqualTo(new Order("DEMO-1", Instant.parse("2026-11-28T14:14:00Z"), 3));
			});
	}

	@Test
	void restClientThenNoCandidateForThoseWhoDoNotAskForIt() {
		TestApplication.configured()
			.run((context) -> assertThatExceptionOfType(UnsatisfiedDependencyException.class)
				.isThrownBy(() -> context.getAutowireCapableBeanFactory().createBean(AsksForAny.class)));
	}

	@Test
	void restClientWhenApplicationHasOneThenUnambiguous() {
		RestClient own = RestClient.create();
		TestApplication.configured().withBean(RestClient.class, () -> own).run((context) -> {
			assertThat(context.getAutowireCapableBeanFactory().createBean(AsksForAny.class).any).isSameAs(own);
			assertThat(restClient(context)).isNotSameAs(own);
		});
	}

	@Test
	void restClientWhenApplicationHasItsOwnForUltraCartThenThat() {
		TestApplication.configured().withUserConfiguration(OwnUltraCartApi.class).run((context) -> {
			assertThat(restClient(context)).isSameAs(context.getBean("own"));
			assertThat(context).doesNotHaveBean("ultraCartRestClient");
		});
	}

	@Test
	void restClientWhenApplicationQualifiesSomethingElseThenThereAllTheSame() {
		TestApplication.configured()
			.withUserConfiguration(QualifiedInterface.class)
			.run((context) -> assertThat(restClient(context)).isSameAs(context.getBean("ultraCartRestClient")));
	}

	@Test
	void beansWhenApplicationHasItsOwnThenThose() {
		CurrentSsoSessions currentSsoSessions = new CurrentSsoSessions(new SsoSessions(SsoSessionPolicy.DEFAULTS));
		UltraCartApiTransport transport = new UltraCartApiTransport((url, method) -> {
			throw new IllegalStateException();
		}, URI.create("https://ultracart.example.com"));
		TestApplication.configured()
			.withBean(CurrentSsoSessions.class, () -> currentSsoSessions)
			.withBean(UltraCartApiTransport.class, () -> transport)
			.withBean(UltraCartKeyInterceptor.class, () -> new UltraCartKeyInterceptor(transport, currentSsoSessions))
			.withBean(UltraCartApiClients.class, () -> new UltraCartApiClients(transport, currentSsoSessions))
			.run((context) -> assertThat(context).hasSingleBean(CurrentSsoSessions.class)
				.hasSingleBean(UltraCartApiTransport.class)
				.hasSingleBean(UltraCartKeyInterceptor.class)
				.hasSingleBean(UltraCartApiClients.class));
	}

	@Test
	void apiClientsWhenNoSdkThenAbsent() {
		TestApplication.configured()
			.withClassLoader(new FilteredClassLoader("com.ultracart", "okhttp3", "okio", "kotlin", "com.google.gson"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(UltraCartApiClients.class));
	}

	@Test
	void restClientWhenNoWebApplicationThenCallsUltraCartForTheUser() {
		givenOrders(okJson("{\"orders\": []}"));
		TestApplication.nonWeb()
			.withPropertyValues("ultracart.sso.base-url=" + this.ultraCart.baseUrl())
			.run((context) -> {
				signIn(context);
				assertThat(orders(context)).isEqualTo("{\"orders\": []}");
				assertThat(this.ultraCart.calls()).hasSize(1);
			});
	}

	@Test
	void restClientWhenNoWebApplicationAndNobodyIsSignedInThenFailsWithoutCall() {
		TestApplication.nonWeb()
			.withPropertyValues("ultracart.sso.base-url=" + this.ultraCart.baseUrl())
			.run((context) -> {
				assertThatExceptionOfType(AuthenticationCredentialsNotFoundException.class)
					.isThrownBy(() -> orders(context));
				assertThat(this.ultraCart.calls()).isEmpty();
			});
	}

	@Test
	void beansWhenNoConnectionOrNoSsoSessionsThenNone() {
		for (Class<?> needed : List.of(UltraCartSsoClientAutoConfiguration.class,
				UltraCartSsoSessionAutoConfiguration.class)) {
			TestApplication.without(needed)
				.run((context) -> assertThat(context).hasNotFailed()
					.doesNotHaveBean(UltraCartApiTransport.class)
					.doesNotHaveBean("ultraCartRestClient"));
		}
	}

	@Test
	void beansWhenDisabledThenNone() {
		TestApplication.configured()
			.withPropertyValues("ultracart.sso.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(RestClient.class)
				.doesNotHaveBean(UltraCartKeyInterceptor.class)
				.doesNotHaveBean(CurrentSsoSessions.class));
	}

	@Test // I5
	void currentSsoSessionsWhenStrategyBeanThenThatIsAsked() {
		givenOrders(okJson("{}"));
		SecurityContextHolderStrategy strategy = mock(SecurityContextHolderStrategy.class);
		TestApplication.calling(this.ultraCart)
			.withBean(SecurityContextHolderStrategy.class, () -> strategy)
			.run((context) -> {
				given(strategy.getContext()).willReturn(new SecurityContextImpl(jane(context)));
				assertThat(orders(context)).isEqualTo("{}");
			});
	}

	@ParameterizedTest // F1
	@EnumSource
	void callThenObservedWithoutTheKey(UltraCartApi.Caller caller) {
		givenOrders(okJson("{}"));
		Observations observations = new Observations();
		TestApplication.calling(this.ultraCart)
			.withBean(ObservationRegistry.class, observations::registry)
			.run((context) -> {
				restClient(context, caller).get().uri("/order/{what}", "orders").retrieve().toBodilessEntity();
				assertThat(observations.tags()).containsEntry("uri", "/rest/v2/order/{what}")
					.containsEntry("status", "200");
				assertThat(observations.tags().values()).noneMatch((value) -> value.contains(key(caller)));
			});
	}

	@ParameterizedTest
	@CsvSource({ "302, REDIRECTION", "401, CLIENT_ERROR", "403, CLIENT_ERROR", "503, SERVER_ERROR" })
	void callWhenFailedThenObservedWithItsStatus(String status, String outcome) {
		givenOrders(aResponse().withStatus(Integer.parseInt(status)));
		Observations observations = new Observations();
		TestApplication.calling(this.ultraCart)
			.withBean(ObservationRegistry.class, observations::registry)
			.run((context) -> {
				signIn(context);
				assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> orders(context));
				assertThat(observations.tags()).containsEntry("status", status).containsEntry("outcome", outcome);
			});
	}

	@ParameterizedTest // F1
	@EnumSource
	void callThenMeteredWithoutTheKey(UltraCartApi.Caller caller) {
		givenOrders(aResponse().withStatus(403).withHeader("UC-REST-ERROR", key(caller)));
		TestApplication.withEverything(this.ultraCart).run((context) -> {
			RestClient restClient = restClient(context, caller);
			assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> orders(restClient))
				.withMessageContaining("******")
				.withMessageNotContaining(key(caller));
			assertThat(context.getBean(MeterRegistry.class).getMeters()).map(Meter::getId)
				.anySatisfy((id) -> assertThat(id.getName()).isEqualTo("http.client.requests"))
				.allSatisfy((id) -> assertThat(id.getTags()).extracting(Tag::getValue)
					.noneMatch((value) -> value.contains(key(caller))));
		});
	}

	@ParameterizedTest // F1
	@EnumSource
	void restClientWhenGivenAnInterceptorThenItAppliesAndSeesNoKey(UltraCartApi.Caller caller) {
		givenOrders(okJson("{}"));
		List<HttpHeaders> seen = new ArrayList<>();
		TestApplication.calling(this.ultraCart).run((context) -> {
			RestClient mine = restClient(context, caller).mutate().requestInterceptor((request, body, execution) -> {
				request.getHeaders().add("X-Mine", "yes");
				ClientHttpResponse response = execution.execute(request, body);
				seen.add(request.getHeaders());
				seen.add(response.getHeaders());
				return response;
			}).build();
			orders(mine);
			assertThat(this.ultraCart.calls()).singleElement().satisfies((call) -> {
				assertThat(call.getHeader("X-Mine")).isEqualTo("yes");
				assertThat(call.getHeaders().getHeader("x-ultracart-simple-key").values()).containsExactly(key(caller));
			});
			assertThat(seen).hasSize(2)
				.allSatisfy((headers) -> assertThat(headers.toString()).doesNotContain(key(caller)));
		});
	}

	@ParameterizedTest // F3
	@EnumSource
	void restClientWhenAnInterceptorChangesTheHostThenRefused(UltraCartApi.Caller caller) {
		TestApplication.calling(this.ultraCart).run((context) -> {
			RestClient mine = restClient(context, caller).mutate()
				.requestInterceptor((request, body, execution) -> execution.execute(new HttpRequestWrapper(request) {

					@Override
					public URI getURI() {
						return URI.create(UltraCartApiAutoConfigurationTests.this.other.baseUrl() + "/order");
					}

				}, body))
				.build();
			assertThatIllegalArgumentException().isThrownBy(() -> orders(mine))
				.withMessageStartingWith("This RestClient calls UltraCart at " + this.ultraCart.baseUrl() + " only");
			assertThat(this.other.calls()).isEmpty();
		});
	}

	@Test
	void restClientWhenFailedBehindAnInterceptorThenNamedByItsTemplate() {
		this.ultraCart.given(get(urlPathEqualTo("/rest/v2/order/orders/demo")), aResponse().withStatus(404));
		TestApplication.calling(this.ultraCart).run((context) -> {
			RestClient mine = applicationRestClient(context).mutate()
				.requestInterceptor((request, body, execution) -> execution.execute(request, body))
				.build();
			assertThatExceptionOfType(UltraCartApiException.class)
				.isThrownBy(() -> mine.get().uri("/order/orders/{order_id}", "demo").retrieve().toBodilessEntity())
				.returns("GET /rest/v2/order/orders/{order_id} as the application", UltraCartApiException::getCall);
		});
	}

	@Test
	void restClientWhenResponseIsNullThenUnusableIfAValueIsAskedFor() {
		givenOrders(okJson("null").withHeader("X-UltraCart-Request-Id", "ABC-1"));
		TestApplication.calling(this.ultraCart).run((context) -> {
			RestClient restClient = applicationRestClient(context);
			assertThatExceptionOfType(UltraCartUnavailableException.class)
				.isThrownBy(() -> restClient.get().uri("/order/orders").retrieve().requiredBody(Order.class))
				.withMessageStartingWith("The response to GET /rest/v2/order/orders as the application is null")
				.returns("GET /rest/v2/order/orders as the application", UltraCartApiException::getCall)
				.returns("ABC-1", UltraCartApiException::getRequestId);
			assertThat(restClient.get().uri("/order/orders").retrieve().toBodilessEntity().getStatusCode().value())
				.isEqualTo(200);
			assertThat(restClient.get().uri("/order/orders").retrieve().requiredBody(JsonNode.class).isNull()).isTrue();
		});
	}

	@Test
	void restClientWhenNoContentThenNullIfThatIsAllowed() {
		this.ultraCart.given(put(urlPathEqualTo("/rest/v2/order/orders")), noContent());
		TestApplication.calling(this.ultraCart)
			.run((context) -> assertThat(
					applicationRestClient(context).put().uri("/order/orders").retrieve().body(Order.class))
				.isNull());
	}

	@Test
	void restClientWhenMemberIsALocalDateTimeThenFailsWithTheRemedyAndTheCall() {
		givenOrders(okJson("{\"creation_dts\": \"2026-11-28T09:14:00-05:00\"}"));
		TestApplication.calling(this.ultraCart)
			.run((context) -> assertThatExceptionOfType(UltraCartUnavailableException.class)
				.isThrownBy(() -> applicationRestClient(context).get()
					.uri("/order/orders")
					.retrieve()
					.requiredBody(LocalOrder.class))
				.withMessageMatching("The response to GET /rest/v2/order/orders as the application cannot be read as"
						+ " .*LocalOrder: InvalidFormatException at .*creation_dts.*\\. UltraCart's dates have an"
						+ " offset: use Instant, OffsetDateTime or LocalDate"));
	}

	@Test
	void restClientWhenBodyHasALocalDateThenFailsWithTheRemedyAndNoCall() {
		TestApplication.calling(this.ultraCart).run((context) -> {
			assertThatExceptionOfType(HttpMessageNotWritableException.class)
				.isThrownBy(() -> applicationRestClient(context).put()
					.uri("/coupon/coupons/7")
					.body(new Coupon(LocalDate.of(2026, 12, 31)))
					.retrieve()
					.toBodilessEntity())
				.withMessageContaining("Read and write an OffsetDateTime or Instant")
				.havingCause()
				.withMessageContaining("expiration_dts");
			assertThat(this.ultraCart.calls()).isEmpty();
		});
	}

	private void givenOrders(ResponseDefinitionBuilder answer) {
		this.ultraCart.given(get(urlPathEqualTo("/rest/v2/order/orders")), answer);
	}

	private static void signIn(ApplicationContext context) {
		SecurityContextHolder.setContext(new SecurityContextImpl(jane(context)));
	}

	private static Authentication jane(ApplicationContext context) {
		SsoSession ssoSession = SsoSession.withId("sso-session")
			.userId(17)
			.simpleKey(SimpleKey.of(TestUltraCart.USER_KEY))
			.expiresAt(Instant.MAX)
			.build();
		return context.getBean(SsoSessions.class).bind(JANE, ssoSession);
	}

	private static String orders(ApplicationContext context) {
		return orders(restClient(context));
	}

	private static String orders(RestClient restClient) {
		return restClient.get().uri("/order/orders").retrieve().requiredBody(String.class);
	}

	private static RestClient restClient(ApplicationContext context) {
		return context.getAutowireCapableBeanFactory().createBean(AsksForUltraCart.class).ultraCart;
	}

	/**
	 * Returns a client whose calls need nothing more.
	 */
	private static RestClient restClient(ApplicationContext context, UltraCartApi.Caller caller) {
		signIn(context);
		return (caller == UltraCartApi.Caller.USER) ? restClient(context) : applicationRestClient(context);
	}

	private static String key(UltraCartApi.Caller caller) {
		return (caller == UltraCartApi.Caller.USER) ? TestUltraCart.USER_KEY : TestApplication.KEY;
	}

	private static RestClient applicationRestClient(ApplicationContext context) {
		return context.getAutowireCapableBeanFactory().createBean(AsksAsApplication.class).ultraCart;
	}

	record Order(String orderId, Instant creationDts, @Nullable Integer itemCount) {

	}

	record Coupon(LocalDate expirationDts) {

	}

	record LocalOrder(LocalDateTime creationDts) {

	}

	private interface OrderMixin {

		@JsonProperty("count")
		Integer itemCount();

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnJson {

		@Bean
		JsonMapperBuilderCustomizer mixin() {
			return (builder) -> builder.addMixIn(Order.class, OrderMixin.class);
		}

		@Bean
		JacksonModule upperCase() {
			return new SimpleModule().addDeserializer(String.class, new StdScalarDeserializer<>(String.class) {

				@Override
				public String deserialize(JsonParser parser, DeserializationContext context) {
					return parser.getString().toUpperCase(Locale.ROOT);
				}

			});
		}

	}

	static class AsksAsApplication {

		private final RestClient ultraCart;

		AsksAsApplication(@UltraCartApi(as = UltraCartApi.Caller.APPLICATION) RestClient ultraCart) {
			this.ultraCart = ultraCart;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnApplicationApi {

		@Bean(defaultCandidate = false)
		@UltraCartApi(as = UltraCartApi.Caller.APPLICATION)
		RestClient own() {
			return RestClient.create();
		}

	}

	static class AsksForUltraCart {

		private final RestClient ultraCart;

		AsksForUltraCart(@UltraCartApi RestClient ultraCart) {
			this.ultraCart = ultraCart;
		}

	}

	static class AsksForAny {

		private final RestClient any;

		AsksForAny(RestClient any) {
			this.any = any;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class QualifiedInterface {

		@Bean
		@UltraCartApi
		Runnable orders(@UltraCartApi RestClient ultraCart) {
			return () -> ultraCart.get().uri("/order/orders").retrieve().toBodilessEntity();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnUltraCartApi {

		@Bean(defaultCandidate = false)
		@UltraCartApi
		RestClient own() {
			return RestClient.create();
		}

	}

}
