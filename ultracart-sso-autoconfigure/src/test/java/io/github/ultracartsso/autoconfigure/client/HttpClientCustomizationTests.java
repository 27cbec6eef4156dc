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

package io.github.ultracartsso.autoconfigure.client;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.TestKeyStores;
import io.github.ultracartsso.autoconfigure.TestProxy;
import io.github.ultracartsso.autoconfigure.TestUltraCart;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.SingleSignOnAuthorizeRequest;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.SsoSessions;
import io.github.ultracartsso.web.api.UltraCartApi;
import io.github.ultracartsso.web.api.UltraCartKeyInterceptor;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.DefaultRedirectStrategy;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.cookie.StandardCookieSpec;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.ssl.SSLContextBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.client.RestClient;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Calls to UltraCart through a proxy, configured as Spring Boot's reference tells for any
 * HTTP client, and what a customizer cannot enable.
 */
class HttpClientCustomizationTests {

	private static final String PASSWORD = "proxy-password-72";

	@TempDir
	static Path directory;

	private static TestUltraCart https;

	@RegisterExtension
	final TestUltraCart ultraCart = new TestUltraCart();

	@RegisterExtension
	final TestProxy proxy = new TestProxy();

	@BeforeAll
	static void startHttps() {
		Path store = TestKeyStores.selfSignedForLocalhost(directory.resolve("store.p12"));
		https = new TestUltraCart(WireMockConfiguration.options()
			.httpDisabled(true)
			.dynamicHttpsPort()
			.keystorePath(store.toString())
			.keystorePassword(TestKeyStores.PASSWORD)
			.keyManagerPassword(TestKeyStores.PASSWORD)
			.keystoreType("PKCS12"));
		https.start();
	}

	@AfterAll
	static void stopHttps() {
		https.stop();
	}

	@AfterEach
	void tearDown() {
		SecurityContextHolder.clearContext();
		https.forgetCalls();
	}

	@Test
	void proxyWhenSetByCustomizerThenSsoCallsAreTunnelledAndItSeesNoKey() {
		callingHttps(through(this.proxy)).run((context) -> {
			authorize(context);
			context.getBean(UltraCartSsoClient.class).sessionUser(SimpleKey.of(TestUltraCart.USER_KEY));
			assertThat(https.calls()).hasSize(2);
			assertTunnelledWithoutKey();
		});
	}

	@Test
	void proxyWhenSetByCustomizerThenCallsOfTheApiAreTunnelledAndItSeesNoKey() {
		https.given(get("/rest/v2/order/orders"), okJson("{\"orders\": []}"));
		callingHttps(through(this.proxy)).run((context) -> {
			assertThat(orders(context)).isEqualTo("{\"orders\": []}");
			assertThat(orders(context.getAutowireCapableBeanFactory().createBean(AsksAsApplication.class).ultraCart))
				.isEqualTo("{\"orders\": []}");
			assertThat(https.calls()).extracting((call) -> call.getHeader("x-ultracart-simple-key"))
				.containsExactly(TestUltraCart.USER_KEY, TestApplication.KEY);
			assertTunnelledWithoutKey();
		});
	}

	@Test
	void proxyWhenItRequiresCredentialsThenTheyAreSentToItAlone() {
		this.proxy.requireCredentials("app", PASSWORD);
		callingHttps(through(this.proxy).andThen(this::withCredentials)).run((context) -> {
			authorize(context);
			assertThat(https.calls()).singleElement()
				.satisfies((call) -> assertThat(call.getHeaders().keys())
					.noneMatch((name) -> name.equalsIgnoreCase("Proxy-Authorization")
							|| name.equalsIgnoreCase("Authorization")));
			assertThat(this.proxy.heads()).last().asString().contains("Proxy-Authorization: Basic ");
		});
	}

	@Test
	void proxyWhenSetBySystemPropertiesThenUsedWithItsCredentials() {
		this.proxy.requireCredentials("app", PASSWORD);
		Map<String, String> properties = Map.of("https.proxyHost", this.proxy.host(), "https.proxyPort",
				String.valueOf(this.proxy.port()), "https.proxyUser", "app", "https.proxyPassword", PASSWORD,
				"http.nonProxyHosts", "");
		System.getProperties().putAll(properties);
		try {
			callingHttps((builder) -> {
			}).run((context) -> {
				authorize(context);
				assertTunnelledWithoutKey();
			});
		}
		finally {
			properties.keySet().forEach(System::clearProperty);
		}
	}

	/**
	 * Plain http is for development only: the proxy sees the key then.
	 */
	@Test
	void proxyWhenBaseUrlIsPlainHttpThenForwards() {
		calling(through(this.proxy)).run((context) -> {
			authorize(context);
			assertThat(this.ultraCart.calls()).hasSize(1);
			assertThat(this.proxy.heads()).singleElement()
				.asString()
				.startsWith("PUT " + this.ultraCart.baseUrl() + "/sso/authorize ");
		});
	}

	/**
	 * Otherwise a user would be told that they lack a permission, or be signed out.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "401 Unauthorized", "403 Forbidden", "407 Proxy Authentication Required",
			"429 Too Many Requests", "502 Bad Gateway" })
	void proxyWhenItRefusesToConnectThenNotTakenForUltraCart(String status) {
		this.proxy.refuse(status);
		callingHttps(through(this.proxy))
			.run((context) -> assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> orders(context))
				.satisfies((ex) -> {
					assertThat(ex.getFailure()).isEqualTo(UltraCartApiFailure.NO_RESPONSE);
					assertThat(ex.getStatus()).isNull();
					assertThat(ex.wasSent()).isFalse();
					assertThat(ex).cause()
						.hasMessage("The proxy %s:%d refuses to connect (status %s)".formatted(this.proxy.host(),
								this.proxy.port(), status.substring(0, 3)));
				}));
		assertThat(https.calls()).isEmpty();
	}

	@Test
	void proxyWhenReachedWithTlsAndItRefusesToConnectThenNotTakenForUltraCart() throws Exception {
		char[] password = TestKeyStores.PASSWORD.toCharArray();
		TestProxy secure = new TestProxy(SSLContextBuilder.create()
			.loadKeyMaterial(directory.resolve("store.p12"), password, password)
			.build()
			.getServerSocketFactory());
		secure.start();
		secure.refuse("403 Forbidden");
		HttpHost host = new HttpHost("https", "localhost", secure.port());
		callingHttps((builder) -> builder.setProxy(host))
			.run((context) -> assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> orders(context))
				.satisfies((ex) -> assertThat(ex.getFailure()).isEqualTo(UltraCartApiFailure.NO_RESPONSE))
				.havingCause()
				.withMessageContaining("refuses to connect (status 403)"));
		assertThat(secure.heads()).singleElement().asString().startsWith("CONNECT ");
		secure.stop();
	}

	@Test // C6
	void redirectsWhenEnabledByCustomizerThenNotFollowed() {
		this.ultraCart.given(get(TestUltraCart.USER), temporaryRedirect(TestUltraCart.REVOKE));
		calling((builder) -> builder.setRedirectStrategy(DefaultRedirectStrategy.INSTANCE))
			.run((context) -> assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(
					() -> context.getBean(UltraCartSsoClient.class).sessionUser(SimpleKey.of(TestUltraCart.USER_KEY)))
				.satisfies((ex) -> assertThat(ex.getStatus()).isEqualTo(302)));
		assertThat(this.ultraCart.calls()).hasSize(1);
	}

	@Test
	void cookiesWhenEnabledByCustomizerThenNotSent() {
		this.ultraCart.given(get(TestUltraCart.USER), okJson("{}").withHeader("Set-Cookie", "JSESSIONID=jane; Path=/"));
		BasicCookieStore cookies = new BasicCookieStore();
		calling((builder) -> builder.setDefaultCookieStore(cookies)).run((context) -> {
			UltraCartSsoClient client = context.getBean(UltraCartSsoClient.class);
			client.sessionUser(SimpleKey.of(TestUltraCart.USER_KEY));
			client.sessionUser(SimpleKey.of(TestUltraCart.USER_KEY));
			assertThat(this.ultraCart.calls()).hasSize(2)
				.allSatisfy((call) -> assertThat(call.containsHeader("Cookie")).isFalse());
			assertThat(cookies.getCookies()).isEmpty();
		});
	}

	@Test // G3
	void retriesWhenEnabledByCustomizerThenCodeIsSentOnce() {
		this.ultraCart.given(put(TestUltraCart.TOKEN), aResponse().withStatus(503).withHeader("Retry-After", "0"));
		calling((builder) -> builder
			.setRetryStrategy(new DefaultHttpRequestRetryStrategy(3, TimeValue.ofMilliseconds(1))))
			.run((context) -> assertThatExceptionOfType(UltraCartApiException.class)
				.isThrownBy(() -> context.getBean(UltraCartSsoClient.class).exchange(TestUltraCart.CODE)));
		assertThat(this.ultraCart.calls()).hasSize(1);
	}

	/**
	 * The credentials of a proxy are often set for any host.
	 */
	@ParameterizedTest // G3
	@CsvSource({ "401, WWW-Authenticate", "407, Proxy-Authenticate" })
	void challengeWhenOfUltraCartThenTheProxysCredentialsAreNotSentAndNothingIsRepeated(int status, String header) {
		this.ultraCart.given(get(TestUltraCart.USER),
				aResponse().withStatus(status).withHeader(header, "Basic realm=\"any\""));
		calling(this::withCredentials)
			.run((context) -> assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(
					() -> context.getBean(UltraCartSsoClient.class).sessionUser(SimpleKey.of(TestUltraCart.USER_KEY))));
		assertThat(this.ultraCart.calls()).singleElement()
			.satisfies((call) -> assertThat(
					call.containsHeader("Authorization") || call.containsHeader("Proxy-Authorization"))
				.isFalse());
	}

	@Test
	void propertiesWhenOfAllHttpClientsThenWithoutEffect() {
		this.ultraCart.given(get(TestUltraCart.USER), temporaryRedirect(TestUltraCart.REVOKE).withFixedDelay(100)
			.withHeader("Set-Cookie", "JSESSIONID=jane"));
		TestApplication.calling(this.ultraCart)
			.withConfiguration(AutoConfigurations.of(HttpClientAutoConfiguration.class,
					ImperativeHttpClientAutoConfiguration.class))
			.withPropertyValues("spring.http.clients.imperative.factory=simple", "spring.http.clients.read-timeout=1ms",
					"spring.http.clients.redirects=follow", "spring.http.clients.cookie-handling=enable")
			.run((context) -> assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(
					() -> context.getBean(UltraCartSsoClient.class).sessionUser(SimpleKey.of(TestUltraCart.USER_KEY)))
				.satisfies((ex) -> assertThat(ex.getStatus()).isEqualTo(302)));
		assertThat(this.ultraCart.calls()).hasSize(1);
	}

	@Test
	void customizerWhenForAnotherHttpClientThenIgnored() {
		TestApplication.calling(this.ultraCart).withUserConfiguration(JdkCustomizer.class).run((context) -> {
			authorize(context);
			assertThat(this.ultraCart.calls()).hasSize(1);
		});
	}

	@Test
	void customizerWhenItReplacesTheHttpClientThenStartFails() {
		TestApplication.calling(this.ultraCart)
			.withUserConfiguration(ReplacingCustomizer.class)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("Calls to UltraCart need HttpClient 5"));
	}

	private void assertTunnelledWithoutKey() {
		assertThat(this.proxy.heads()).isNotEmpty()
			.allSatisfy((head) -> assertThat(head).startsWith("CONNECT ").doesNotContainIgnoringCase("ultracart"));
		assertThat(this.proxy.tunnelled()).isNotEmpty().doesNotContain(TestApplication.KEY, TestUltraCart.USER_KEY);
	}

	private static Consumer<HttpClientBuilder> through(TestProxy proxy) {
		return (builder) -> builder.setProxy(new HttpHost(proxy.host(), proxy.port()));
	}

	private void withCredentials(HttpClientBuilder builder) {
		BasicCredentialsProvider credentials = new BasicCredentialsProvider();
		credentials.setCredentials(new AuthScope(null, -1),
				new UsernamePasswordCredentials("app", PASSWORD.toCharArray()));
		builder.setDefaultCredentialsProvider(credentials);
	}

	private WebApplicationContextRunner calling(Consumer<HttpClientBuilder> customizer) {
		return withCustomizer(TestApplication.calling(this.ultraCart), customizer);
	}

	private static WebApplicationContextRunner callingHttps(Consumer<HttpClientBuilder> customizer) {
		return withCustomizer(TestApplication.calling(https), customizer).withPropertyValues(
				"ultracart.sso.http.ssl.bundle=ultracart",
				"spring.ssl.bundle.jks.ultracart.truststore.location=file:" + directory.resolve("store.p12"),
				"spring.ssl.bundle.jks.ultracart.truststore.password=" + TestKeyStores.PASSWORD,
				"spring.ssl.bundle.jks.ultracart.truststore.type=PKCS12");
	}

	private static WebApplicationContextRunner withCustomizer(WebApplicationContextRunner runner,
			Consumer<HttpClientBuilder> customizer) {
		return runner.withUserConfiguration(CustomizerConfiguration.class)
			.withBean("httpClient", HttpClientSetup.class, () -> customizer::accept);
	}

	private static void authorize(ApplicationContext context) {
		context.getBean(UltraCartSsoClient.class)
			.authorize(new SingleSignOnAuthorizeRequest("https://app.example.com/login/ultracart", "some-state"));
	}

	private static String orders(ApplicationContext context) {
		SsoSession ssoSession = SsoSession.withId("sso-session")
			.userId(17)
			.simpleKey(SimpleKey.of(TestUltraCart.USER_KEY))
			.expiresAt(Instant.MAX)
			.build();
		UltraCartAuthenticationToken jane = new UltraCartAuthenticationToken(UltraCartUser.with(17, "jane").build(),
				AuthorityUtils.NO_AUTHORITIES);
		SecurityContextHolder
			.setContext(new SecurityContextImpl(context.getBean(SsoSessions.class).bind(jane, ssoSession)));
		return orders(RestClient.builder()
			.baseUrl(https.baseUrl())
			.requestInterceptor(context.getBean(UltraCartKeyInterceptor.class))
			.build());
	}

	private static String orders(RestClient restClient) {
		return restClient.get().uri("/order/orders").retrieve().requiredBody(String.class);
	}

	static class AsksAsApplication {

		private final RestClient ultraCart;

		AsksAsApplication(@UltraCartApi(as = UltraCartApi.Caller.APPLICATION) RestClient ultraCart) {
			this.ultraCart = ultraCart;
		}

	}

	interface HttpClientSetup extends Consumer<HttpClientBuilder> {

	}

	/**
	 * What an application declares to have a proxy.
	 */
	@Configuration(proxyBeanMethods = false)
	static class CustomizerConfiguration {

		@Bean
		ClientHttpRequestFactoryBuilderCustomizer<HttpComponentsClientHttpRequestFactoryBuilder> outgoingProxy(
				HttpClientSetup setup) {
			return (builder) -> builder.withHttpClientCustomizer(setup)
				.withDefaultRequestConfigCustomizer(
						(config) -> config.setRedirectsEnabled(true).setCookieSpec(StandardCookieSpec.RELAXED));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class JdkCustomizer {

		@Bean
		ClientHttpRequestFactoryBuilderCustomizer<JdkClientHttpRequestFactoryBuilder> outgoingProxy() {
			return (builder) -> {
				throw new IllegalStateException("not for this client");
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ReplacingCustomizer {

		@Bean
		ClientHttpRequestFactoryBuilderCustomizer<ClientHttpRequestFactoryBuilder<?>> other() {
			return (builder) -> ClientHttpRequestFactoryBuilder.jdk();
		}

	}

}
