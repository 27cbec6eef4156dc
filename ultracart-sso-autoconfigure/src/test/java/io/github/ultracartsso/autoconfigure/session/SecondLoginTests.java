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

package io.github.ultracartsso.autoconfigure.session;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.github.tomakehurst.wiremock.http.Request;
import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.SocketBrowser;
import io.github.ultracartsso.autoconfigure.TestRedis;
import io.github.ultracartsso.autoconfigure.TestUltraCart;
import io.github.ultracartsso.config.UltraCartLoginConfigurer;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.authorization.EnableMultiFactorAuthentication;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.SessionManagementConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.session.HttpSessionDestroyedEvent;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.data.redis.config.annotation.web.http.EnableRedisIndexedHttpSession;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A second factor in the session of a user who has signed in with UltraCart, where the
 * application replaces sessions at each login.
 */
class SecondLoginTests {

	@RegisterExtension
	static final TestRedis redis = new TestRedis();

	@RegisterExtension
	final TestUltraCart ultraCart = new TestUltraCart();

	@ParameterizedTest
	@ValueSource(classes = { MigrateSession.class, NewSession.class })
	void secondFactorWhenSessionsAreInTheContainerThenKeyLivesOn(Class<?> protection) {
		try (ServletWebServerApplicationContext application = start(protection)) {
			SocketBrowser browser = new SocketBrowser(application);
			String before = addSecondFactor(browser);
			assertThat(application.getBean(EndedSessions.class).ids).doesNotContain(before);
			browser.submit("/logout", "");
		}
		assertThat(revocations()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(classes = { MigrateSession.class, NewSession.class })
	void secondFactorWhenStoreReportsEndsToEveryInstanceThenKeyLivesOn(Class<?> protection) throws Exception {
		try (ServletWebServerApplicationContext application = start(protection, SessionsInRedis.class);
				ServletWebServerApplicationContext another = start(protection, SessionsInRedis.class)) {
			SocketBrowser browser = new SocketBrowser(application);
			String before = addSecondFactor(browser);
			// the end of this session is reported after all earlier ones
			String marker = endSession(application);
			for (ServletWebServerApplicationContext instance : List.of(application, another)) {
				instance.getBean(EndedSessions.class).await(marker);
				assertThat(instance.getBean(EndedSessions.class).ids).doesNotContain(before);
			}
			assertThat(revocations()).isEmpty();
			assertThat(browser.fetch("/id").statusCode()).isEqualTo(200);
			browser.submit("/logout", "");
		}
		assertThat(revocations()).hasSize(1);
	}

	private String addSecondFactor(SocketBrowser browser) {
		assertThat(browser.signIn(this.ultraCart)).isEqualTo("/");
		String id = browser.fetch("/id").body();
		assertThat(SocketBrowser.location(browser.submit("/login", "username=jane&password=pw"))).isEqualTo("/");
		assertThat(browser.fetch("/id").body()).isNotEqualTo(id).isNotEmpty();
		assertThat(browser.fetch("/authorities").body()).contains("FACTOR_PASSWORD", "FACTOR_ULTRACART_SSO");
		assertThat(revocations()).isEmpty();
		return id;
	}

	@SuppressWarnings("unchecked")
	private static String endSession(ServletWebServerApplicationContext application) {
		SessionRepository<Session> sessions = application.getBean(SessionRepository.class);
		Session session = sessions.createSession();
		sessions.save(session);
		sessions.deleteById(session.getId());
		return session.getId();
	}

	private ServletWebServerApplicationContext start(Class<?>... configuration) {
		return (ServletWebServerApplicationContext) new SpringApplicationBuilder(TestApplication.Everything.class)
			.sources(configuration)
			.properties("server.port=0", "ultracart.sso.simple-key=" + TestApplication.KEY,
					"ultracart.sso.base-url=" + this.ultraCart.baseUrl(),
					"ultracart.sso.session.encryption-keys=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")
			.run();
	}

	private List<? extends Request> revocations() {
		return this.ultraCart.calls().stream().filter((call) -> call.getUrl().equals(TestUltraCart.REVOKE)).toList();
	}

	private static SecurityFilterChain chain(HttpSecurity http,
			Customizer<SessionManagementConfigurer<HttpSecurity>.SessionFixationConfigurer> protection) {
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
			.csrf(AbstractHttpConfigurer::disable)
			.sessionManagement((sessions) -> sessions.sessionFixation(protection))
			.with(UltraCartLoginConfigurer.ultraCartLogin(), Customizer.withDefaults())
			.formLogin(Customizer.withDefaults())
			.build();
	}

	@Configuration(proxyBeanMethods = false)
	@Import(SecondFactor.class)
	static class MigrateSession {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return SecondLoginTests.chain(http,
					SessionManagementConfigurer<HttpSecurity>.SessionFixationConfigurer::migrateSession);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(SecondFactor.class)
	static class NewSession {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return SecondLoginTests.chain(http,
					SessionManagementConfigurer<HttpSecurity>.SessionFixationConfigurer::newSession);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableRedisIndexedHttpSession
	static class SessionsInRedis {

		@Bean
		RedisConnectionFactory redisConnectionFactory() {
			return redis.newConnectionFactory();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableMultiFactorAuthentication(authorities = {})
	@RestController
	static class SecondFactor {

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(User.withUsername("jane").password("{noop}pw").roles("JANE").build());
		}

		@Bean
		EndedSessions endedSessions() {
			return new EndedSessions();
		}

		@GetMapping("/id")
		String id(HttpServletRequest request) {
			return request.getSession().getId();
		}

		@GetMapping("/authorities")
		String authorities(Authentication user) {
			return user.getAuthorities().toString();
		}

	}

	/**
	 * What an instance was told of ended sessions.
	 */
	static final class EndedSessions implements ApplicationListener<HttpSessionDestroyedEvent> {

		private final Set<String> ids = ConcurrentHashMap.newKeySet();

		private final ConcurrentHashMap<String, CountDownLatch> awaited = new ConcurrentHashMap<>();

		@Override
		public void onApplicationEvent(HttpSessionDestroyedEvent event) {
			this.ids.add(event.getId());
			latch(event.getId()).countDown();
		}

		private void await(String id) throws InterruptedException {
			assertThat(latch(id).await(30, TimeUnit.SECONDS)).isTrue();
		}

		private CountDownLatch latch(String id) {
			return this.awaited.computeIfAbsent(id, (key) -> new CountDownLatch(1));
		}

	}

}
