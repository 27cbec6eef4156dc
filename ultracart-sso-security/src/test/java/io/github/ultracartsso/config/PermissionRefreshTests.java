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

package io.github.ultracartsso.config;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.ultracartsso.authentication.DefaultUltraCartUserMapper;
import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.authentication.UltraCartAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartUserMapper;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.session.SsoSessionPolicy;
import io.github.ultracartsso.session.TestSecurityContextHolderStrategy;
import io.github.ultracartsso.session.event.UltraCartUserRefreshedEvent;
import io.github.ultracartsso.web.TestHttpSessions;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.concurrent.DelegatingSecurityContextExecutorService;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a signed-in user whose permissions have changed at UltraCart.
 */
@Timeout(60)
class PermissionRefreshTests {

	private static final Duration INTERVAL = Duration.ofMinutes(30);

	private static final int REQUESTS = 6;

	@RegisterExtension
	final TestApplication application = new TestApplication();

	private final FakeUltraCartSsoClient client = FakeUltraCartSsoClient.forBrowsers();

	private final ExecutorService requests = Executors.newCachedThreadPool();

	@AfterEach
	void stop() {
		this.requests.shutdownNow();
	}

	@ParameterizedTest // E7
	@ValueSource(strings = { "/users", "/reports" })
	void requestWhenPermissionIsLostThenRefusedAtOnceWhenDue(String url) {
		Browser browser = signedIn("View Users", "View Reports");
		assertThat(browser.navigate(url).getStatus()).isEqualTo(200);
		grant();
		pass(INTERVAL.minusNanos(1));
		assertThat(browser.navigate(url).getStatus()).isEqualTo(200);
		assertThat(calls()).isZero();
		pass(Duration.ofNanos(1));
		assertThat(browser.navigate(url).getStatus()).isEqualTo(403);
		assertThat(calls()).isOne();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/users", "/reports" })
	void requestWhenPermissionIsGainedThenLetInAtOnceWhenDue(String url) {
		Browser browser = signedIn();
		assertThat(browser.navigate(url).getStatus()).isEqualTo(403);
		grant("View Users", "View Reports");
		pass(INTERVAL);
		assertThat(browser.navigate(url).getStatus()).isEqualTo(200);
	}

	@ParameterizedTest // I2
	@EnumSource
	void nextRequestsWhenRefreshedThenKnowWithoutCall(SessionStore store) {
		Browser browser = signedIn("View Users");
		grant("View Reports");
		pass(INTERVAL);
		browser.navigate("/items");
		browser.useSession(store.sessionOfNextRequest(browser));
		pass(INTERVAL.minusNanos(1));
		assertThat(browser.navigate("/users").getStatus()).isEqualTo(403);
		assertThat(browser.navigate("/reports").getStatus()).isEqualTo(200);
		assertThat(calls()).isOne();
		pass(Duration.ofNanos(1));
		browser.navigate("/items");
		assertThat(calls()).isEqualTo(2);
	}

	@Test
	void copiesOfSessionWhenNotCaughtUpThenKnowWithoutCall() {
		Browser browser = signedIn("View Users");
		List<MockHttpSession> copies = List.of(TestHttpSessions.copyOf(browser.requireSession()),
				TestHttpSessions.copyOf(browser.requireSession()));
		grant();
		pass(INTERVAL);
		for (MockHttpSession copy : copies) {
			browser.useSession(copy);
			assertThat(browser.navigate("/users").getStatus()).isEqualTo(403);
		}
		assertThat(calls()).isOne();
	}

	@ParameterizedTest // E7
	@EnumSource
	void requestsWhenManyTogetherThenOneCallAndAllKnow(SessionStore store) throws Exception {
		Browser browser = signedIn("View Users");
		CountDownLatch asking = new CountDownLatch(REQUESTS);
		CountDownLatch reading = new CountDownLatch(1);
		this.client.onSessionUser((key) -> {
			reading.countDown();
			await(asking);
			return FakeUltraCartSsoClient.jane();
		});
		pass(INTERVAL);
		List<Future<Integer>> answers = new ArrayList<>();
		answers.add(this.requests.submit(navigateTo("/users", browser, store)));
		await(reading);
		for (int i = 0; i < REQUESTS; i++) {
			Callable<Integer> request = navigateTo("/users", browser, store);
			answers.add(this.requests.submit(() -> {
				asking.countDown();
				return request.call();
			}));
		}
		for (Future<Integer> answer : answers) {
			assertThat(answer.get()).isEqualTo(403);
		}
		assertThat(calls()).isOne();
		assertThat(this.application.sessionEvents()).hasSize(1);
	}

	@Test // H1
	void eventWhenPermissionsChangedThenSaysWhich() {
		Browser browser = signedIn("View Users", "View Items");
		grant("View Reports", "View Items");
		pass(INTERVAL);
		browser.navigate("/items");
		browser.navigate("/items");
		assertThat(this.application.sessionEvents()).containsExactly(new UltraCartUserRefreshedEvent(
				UltraCartUser.with(42, "Jane!ops").build(), Set.of("ROLE_VIEW_REPORTS"), Set.of("ROLE_VIEW_USERS")));
	}

	@Test // H1
	void eventWhenPermissionBecomesNoAuthorityThenSaysWhich() {
		this.application.withBean("mapper", (UltraCartAuthoritiesMapper) (user) -> List.of());
		Browser browser = signedIn("View Users");
		grant("View Reports");
		pass(INTERVAL);
		browser.navigate("/items");
		assertThat(this.application.sessionEvents()).singleElement()
			.isEqualTo(new UltraCartUserRefreshedEvent(UltraCartUser.with(42, "Jane!ops").build(),
					Set.of("View Reports"), Set.of("View Users")));
	}

	@Test // H1
	void eventWhenNothingChangedThenNoChange() {
		Browser browser = signedIn("View Users");
		pass(INTERVAL);
		browser.navigate("/items");
		assertThat(this.application.sessionEvents()).singleElement()
			.isInstanceOfSatisfying(UltraCartUserRefreshedEvent.class,
					(event) -> assertThat(event.isChange()).isFalse());
	}

	@Test // E6
	void sessionWhenRefreshedThenRestOfTheLoginStays() {
		Browser browser = signedIn("View Users");
		Authentication before = authentication(browser);
		Instant login = this.application.clock().instant();
		grant("View Reports");
		pass(INTERVAL);
		browser.navigate("/items");
		Authentication now = authentication(browser);
		assertThat(now).isNotSameAs(before);
		assertThat(now.getPrincipal()).isInstanceOfSatisfying(UltraCartUser.class,
				(user) -> assertThat(user.permissions()).containsExactly("View Reports"));
		assertThat(AuthorityUtils.authorityListToSet(now.getAuthorities()))
			.containsExactlyInAnyOrder("ROLE_VIEW_REPORTS", "ROLE_ULTRACART_USER", "FACTOR_ULTRACART_SSO");
		assertThat(now.getAuthorities()).filteredOn(FactorGrantedAuthority.class::isInstance)
			.singleElement()
			.extracting((factor) -> ((FactorGrantedAuthority) factor).getIssuedAt())
			.isEqualTo(login);
		assertThat(now.getDetails()).isEqualTo(before.getDetails());
	}

	@Test
	void requestWhenNeverRefreshedThenNoCall() {
		this.application.withPolicy(policy(Duration.ZERO)).withClient(this.client);
		grant("View Users");
		Browser browser = this.application.start(Permissions.class);
		browser.signIn("code");
		grant();
		pass(Duration.ofHours(23));
		assertThat(browser.navigate("/users").getStatus()).isEqualTo(200);
		assertThat(calls()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/ultracart/authorize", "/login" })
	void pageOfTheLoginWhenDueThenNoCall(String url) {
		Browser browser = signedIn();
		pass(INTERVAL);
		browser.navigate(url);
		assertThat(calls()).isZero();
	}

	@Test // D5
	void logoutWhenDueThenWaitsForNoRefresh() {
		Browser browser = signedIn();
		String csrfToken = browser.csrfToken();
		pass(INTERVAL);
		assertThat(Browser.location(browser.post("/logout", "X-CSRF-TOKEN", csrfToken))).isEqualTo("/login?logout");
		assertThat(calls()).isZero();
		assertThat(this.client.revoked()).containsExactly("key-of-code");
	}

	@Test // B3
	void loginWhenDueThenWaitsForNoRefresh() {
		Browser browser = signedIn();
		pass(INTERVAL);
		browser.signIn("again");
		browser.navigate("/items");
		assertThat(this.client.read()).containsExactly("key-of-code", "key-of-again");
	}

	@Test
	void logoutWhenDuringRefreshThenNobodyIsSignedInAgain() {
		Browser browser = signedIn("View Users");
		pass(INTERVAL);
		MockHttpSession session = (MockHttpSession) browser.requireSession();
		this.client.onSessionUser((key) -> {
			session.invalidate();
			return FakeUltraCartSsoClient.jane("View Users");
		});
		assertThat(browser.fetch("/users").getStatus()).isEqualTo(401);
		assertThat(browser.session()).isNull();
		assertThat(this.application.sessionEvents()).isEmpty();
	}

	@Test
	void loginWhenDuringRefreshThenItIsNotUndone() {
		Browser browser = signedIn("View Users");
		Browser otherTab = this.application.newBrowser();
		otherTab.useSession((MockHttpSession) browser.requireSession());
		pass(INTERVAL);
		String state = Browser.stateOf(otherTab.navigate("/ultracart/authorize"));
		this.client.onSessionUser((key) -> {
			if (key.value().equals("key-of-code")) {
				otherTab.callback(state, "again");
			}
			return FakeUltraCartSsoClient.jane("View Users");
		});
		assertThat(browser.navigate("/users").getStatus()).isEqualTo(200);
		assertThat(authentication(browser).getAuthorities()).filteredOn(FactorGrantedAuthority.class::isInstance)
			.singleElement()
			.extracting((factor) -> ((FactorGrantedAuthority) factor).getIssuedAt())
			.isEqualTo(this.application.clock().instant());
		assertThat(this.application.sessionEvents()).isEmpty();
	}

	@Test
	void loginWhenDuringRefreshThatIsRefusedThenItLasts() {
		Browser browser = signedIn("View Users");
		Browser otherTab = this.application.newBrowser();
		otherTab.useSession((MockHttpSession) browser.requireSession());
		pass(INTERVAL);
		String state = Browser.stateOf(otherTab.navigate("/ultracart/authorize"));
		this.client.onSessionUser((key) -> {
			if (key.value().equals("key-of-code")) {
				otherTab.callback(state, "again");
				throw FakeUltraCartSsoClient.failure(UltraCartApiFailure.CREDENTIAL_REJECTED);
			}
			return FakeUltraCartSsoClient.jane("View Users");
		});
		assertThat(browser.navigate("/users").getStatus()).isEqualTo(200);
		assertThat(otherTab.navigate("/users").getStatus()).isEqualTo(200);
		assertThat(this.application.sessionEvents()).isEmpty();
		assertThat(this.client.revoked()).containsExactly("key-of-code");
	}

	@Test // E7
	void userMapperWhenItAsksWhoIsSignedInThenToldAndNobodyWaits() {
		List<@Nullable Authentication> told = new ArrayList<>();
		UltraCartUserMapper mapper = new DefaultUltraCartUserMapper(new PermissionAuthoritiesMapper());
		this.application.withBean("mapper", (UltraCartUserMapper) (user) -> {
			told.add(SecurityContextHolder.getContext().getAuthentication());
			return mapper.mapUser(user);
		});
		Browser browser = signedIn("View Users");
		told.clear();
		grant();
		pass(INTERVAL);
		assertThat(browser.navigate("/users").getStatus()).isEqualTo(403);
		assertThat(told).singleElement().extracting(Authentication::getName).isEqualTo("Jane!ops");
	}

	@ParameterizedTest // I6
	@EnumSource
	void secondFactorWhenPermissionIsLostThenKeepsWhatIsItsOwn(SessionStore store) {
		Browser browser = signedInTwice();
		browser.useSession(store.sessionOfNextRequest(browser));
		assertThat(Browser.body(browser.navigate("/authorities"))).contains("ROLE_VIEW_ITEMS", "ROLE_JANE");
		grant("View Reports");
		pass(INTERVAL);
		assertThat(authorities(browser)).containsExactlyInAnyOrder("ROLE_JANE", "FACTOR_PASSWORD",
				"FACTOR_ULTRACART_SSO", "ROLE_ULTRACART_USER", "ROLE_VIEW_REPORTS");
		assertThat(authorities(browser)).doesNotContain("ROLE_VIEW_ITEMS");
		assertThat(calls()).isOne();
	}

	@Test // I6
	void secondFactorWhenPermissionsAreLostOneAfterTheOtherThenEachIsWithdrawn() {
		Browser browser = signedInTwice();
		grant("View Reports");
		pass(INTERVAL);
		browser.useSession(SessionStore.COPIED_FOR_EACH_REQUEST.sessionOfNextRequest(browser));
		browser.navigate("/items");
		browser.useSession(SessionStore.COPIED_FOR_EACH_REQUEST.sessionOfNextRequest(browser));
		grant();
		pass(INTERVAL);
		assertThat(authorities(browser)).containsExactlyInAnyOrder("ROLE_JANE", "FACTOR_PASSWORD",
				"FACTOR_ULTRACART_SSO", "ROLE_ULTRACART_USER");
	}

	@Test // B3, I6
	void loginWhenAgainBehindAnotherFactorThenLostPermissionIsNotBroughtBack() {
		Browser browser = signedInTwice();
		grant("View Reports");
		browser.signIn("again");
		assertThat(authorities(browser)).containsExactlyInAnyOrder("ROLE_JANE", "FACTOR_PASSWORD",
				"FACTOR_ULTRACART_SSO", "ROLE_ULTRACART_USER", "ROLE_VIEW_REPORTS");
	}

	@Test // I6
	void loginWhenOtherFactorAgainThenLostPermissionIsNotBroughtBack() {
		Browser browser = signedInTwice();
		grant();
		pass(INTERVAL);
		browser.navigate("/items");
		browser.submit("/login?username=Jane!ops&password=pw");
		assertThat(authorities(browser)).contains("ROLE_JANE").doesNotContain("ROLE_VIEW_ITEMS");
	}

	@ParameterizedTest // I3
	@ValueSource(strings = { "/authorities", "/async-authorities", "/authorities-in-executor" })
	void threadsOfRequestWhenRefreshedThenKnow(String url) {
		Browser browser = signedIn("View Users");
		grant("View Reports");
		pass(INTERVAL);
		assertThat(Browser.body(browser.navigate(url))).contains("ROLE_VIEW_REPORTS").doesNotContain("ROLE_VIEW_USERS");
		assertThat(calls()).isOne();
	}

	@Test // I3
	void errorPageWhenDueThenKnows() {
		Browser browser = signedIn("View Users");
		grant("View Reports");
		pass(INTERVAL);
		var dispatch = browser.mvc().get().uri("/authorities").with((request) -> {
			request.setDispatcherType(DispatcherType.ERROR);
			request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, 500);
			request.setAttribute(RequestDispatcher.ERROR_REQUEST_URI, "/items");
			return request;
		});
		assertThat(Browser.body(browser.exchange(dispatch))).contains("ROLE_VIEW_REPORTS")
			.doesNotContain("ROLE_VIEW_USERS");
	}

	@Test // I3
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualThreadWhenDueThenKnows() throws Exception {
		Browser browser = signedIn("View Users");
		grant();
		pass(INTERVAL);
		assertThat(new VirtualThreadTaskExecutor().submit(() -> browser.navigate("/users").getStatus()).get())
			.isEqualTo(403);
		assertThat(browser.navigate("/users").getStatus()).isEqualTo(403);
	}

	@Test // I5
	void requestWhenOwnContextHolderStrategyThenRefreshedThere() {
		this.application.withBean("strategy", new TestSecurityContextHolderStrategy());
		Browser browser = signedIn("View Users");
		grant();
		pass(INTERVAL);
		assertThat(browser.navigate("/users").getStatus()).isEqualTo(403);
	}

	private static SsoSessionPolicy policy(Duration refreshInterval) {
		return TestSettings.unknownExpiryMaxAge(Duration.ofHours(24), refreshInterval);
	}

	private Browser signedIn(String... permissions) {
		return signedIn(Permissions.class, permissions);
	}

	private Browser signedInTwice() {
		Browser browser = signedIn(OtherLoginsTests.BothFactors.class, "View Items");
		browser.submit("/login?username=Jane!ops&password=pw");
		return browser;
	}

	private Browser signedIn(Class<?> configuration, String... permissions) {
		grant(permissions);
		Browser browser = this.application.withClient(this.client).withPolicy(policy(INTERVAL)).start(configuration);
		browser.signIn("code");
		return browser;
	}

	private void grant(String... permissions) {
		this.client.onSessionUser((key) -> FakeUltraCartSsoClient.jane(permissions));
	}

	private void pass(Duration time) {
		this.application.clock().advance(time);
	}

	/**
	 * Returns how often the user was read, the login apart.
	 */
	private int calls() {
		return this.client.read().size() - 1;
	}

	private Callable<Integer> navigateTo(String url, Browser browser, SessionStore store) {
		Browser tab = this.application.newBrowser();
		tab.useSession(store.sessionOfNextRequest(browser));
		return () -> tab.navigate(url).getStatus();
	}

	private static List<String> authorities(Browser browser) {
		return List.of(Browser.body(browser.navigate("/authorities")).split(" "));
	}

	private static Authentication authentication(Browser browser) {
		SecurityContext context = (SecurityContext) browser.requireSession().getAttribute("SPRING_SECURITY_CONTEXT");
		return Objects.requireNonNull(Objects.requireNonNull(context).getAuthentication());
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity
	@Import({ Pages.class, Reports.class })
	static class Permissions {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.requestMatchers("/users").hasRole("VIEW_USERS"));
			return Pages.protect(http)
				.with(UltraCartLoginConfigurer.ultraCartLogin(), Customizer.withDefaults())
				.build();
		}

	}

	@RestController
	static class Reports {

		@GetMapping("/reports")
		@PreAuthorize("hasRole('VIEW_REPORTS')")
		String reports() {
			return "reports";
		}

		@GetMapping("/async-authorities")
		Callable<String> asyncAuthorities() {
			return Reports::authorities;
		}

		@GetMapping("/authorities-in-executor")
		String authoritiesInExecutor() throws Exception {
			ExecutorService executor = Executors.newSingleThreadExecutor();
			try {
				return new DelegatingSecurityContextExecutorService(executor).submit(Reports::authorities).get();
			}
			finally {
				executor.shutdown();
			}
		}

		private static String authorities() {
			Authentication user = Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication());
			return AuthorityUtils.authorityListToSet(user.getAuthorities()).toString();
		}

	}

}
