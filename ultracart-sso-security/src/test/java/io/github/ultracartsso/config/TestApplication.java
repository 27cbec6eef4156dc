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

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.sealing.EncryptionKeys;
import io.github.ultracartsso.session.ManualRevocationScheduler;
import io.github.ultracartsso.session.SsoSessionPolicy;
import io.github.ultracartsso.session.SsoSessions;
import io.github.ultracartsso.session.TestClock;
import jakarta.servlet.Filter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.context.PayloadApplicationEvent;
import org.springframework.mock.web.MockServletContext;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;

/**
 * An application with a filter chain of Spring Security, as a browser meets it. The beans
 * it has by default can be replaced or taken away before it starts.
 */
public final class TestApplication implements AfterEachCallback, AutoCloseable {

	private final TestClock clock = new TestClock(Instant.parse("2026-11-21T12:00:00Z"));

	private ManualRevocationScheduler revocations = new ManualRevocationScheduler(this.clock);

	private SsoSessionPolicy policy = SsoSessionPolicy.DEFAULTS;

	private @Nullable UltraCartSsoClient client;

	private @Nullable SsoSessions ssoSessions;

	private @Nullable CurrentSsoSessions currentSsoSessions;

	private final Map<String, Object> beans = new LinkedHashMap<>();

	private final List<Filter> filters = new ArrayList<>();

	private final List<AbstractAuthenticationEvent> events = Collections.synchronizedList(new ArrayList<>());

	private final List<Object> sessionEvents = Collections.synchronizedList(new ArrayList<>());

	private String contextPath = "";

	private boolean sharedBeans = true;

	private boolean used;

	private @Nullable AnnotationConfigWebApplicationContext context;

	/**
	 * Has the application call UltraCart by a client.
	 */
	public TestApplication withClient(UltraCartSsoClient client) {
		this.client = client;
		return withBean("client", client).withBean("clock", this.clock);
	}

	TestApplication withPendingLoginsIn(PendingLoginStore store) {
		return withPendingLoginsIn(store, EncryptionKeys.random());
	}

	TestApplication withPendingLoginsIn(PendingLoginStore store, EncryptionKeys keys) {
		return withBean("pendingLogins", store.repository(keys, this.clock));
	}

	TestApplication withBean(String name, Object bean) {
		this.beans.put(name, bean);
		return this;
	}

	TestApplication withPolicy(SsoSessionPolicy policy) {
		this.policy = policy;
		forget();
		return withBean("policy", policy);
	}

	/**
	 * Has the filter chains create what they share, as without the starter.
	 */
	TestApplication withoutSharedBeans() {
		this.sharedBeans = false;
		return this;
	}

	TestApplication withContextPath(String contextPath) {
		this.contextPath = contextPath;
		return this;
	}

	TestApplication withFilter(Filter filter) {
		this.filters.add(filter);
		return this;
	}

	/**
	 * Starts the application.
	 * @param configuration its beans
	 * @return a browser
	 */
	public Browser start(Class<?>... configuration) {
		if (this.used) {
			forget();
		}
		this.used = true;
		MockServletContext servletContext = new MockServletContext();
		servletContext.setContextPath(this.contextPath);
		AnnotationConfigWebApplicationContext started = new AnnotationConfigWebApplicationContext();
		this.context = started;
		started.setServletContext(servletContext);
		ssoSessions().setApplicationEventPublisher(started);
		Map<String, Object> all = new LinkedHashMap<>();
		if (this.sharedBeans) {
			all.put("ssoSessions", ssoSessions());
			all.put("currentSsoSessions", currentSsoSessions());
		}
		if (this.sharedBeans && this.client != null) {
			all.put("revoker", this.revocations.newRevoker(this.client, ssoSessions()));
		}
		all.putAll(this.beans);
		started.register(configuration);
		started.addBeanFactoryPostProcessor((beanFactory) -> all.forEach(beanFactory::registerSingleton));
		started.addApplicationListener((event) -> {
			if (event instanceof AbstractAuthenticationEvent authenticationEvent) {
				this.events.add(authenticationEvent);
			}
			else if (event instanceof PayloadApplicationEvent<?> payloadEvent) {
				this.sessionEvents.add(payloadEvent.getPayload());
			}
		});
		started.refresh();
		return newBrowser();
	}

	/**
	 * Returns the browser of somebody else.
	 */
	public Browser newBrowser() {
		return new Browser(MockMvcTester.create(MockMvcBuilders.webAppContextSetup(context())
			.addFilters(this.filters.toArray(Filter[]::new))
			.apply(springSecurity())
			.build()), this.contextPath, new CookieJar(this.clock));
	}

	AnnotationConfigWebApplicationContext context() {
		if (this.context == null) {
			throw new IllegalStateException("The application has not been started");
		}
		return this.context;
	}

	/**
	 * Returns the clock the application goes by.
	 */
	public TestClock clock() {
		return this.clock;
	}

	/**
	 * Returns what knows for whom requests of the application are made.
	 */
	CurrentSsoSessions currentSsoSessions() {
		if (this.currentSsoSessions == null) {
			this.currentSsoSessions = new CurrentSsoSessions(ssoSessions());
		}
		return this.currentSsoSessions;
	}

	/**
	 * A restarted application remembers nothing.
	 */
	private void forget() {
		this.used = false;
		this.ssoSessions = null;
		this.currentSsoSessions = null;
		this.revocations = new ManualRevocationScheduler(this.clock);
	}

	/**
	 * Returns what the application remembers of SSO sessions.
	 */
	SsoSessions ssoSessions() {
		if (this.ssoSessions == null) {
			this.ssoSessions = new SsoSessions(this.policy);
			this.ssoSessions.setClock(this.clock);
		}
		return this.ssoSessions;
	}

	/**
	 * Returns the revocations that did not succeed at once.
	 */
	ManualRevocationScheduler revocations() {
		return this.revocations;
	}

	/**
	 * Returns what Spring Security told of logins and logouts.
	 */
	List<AbstractAuthenticationEvent> events() {
		return this.events;
	}

	/**
	 * Returns what was told of the sessions of those who are signed in.
	 */
	List<Object> sessionEvents() {
		return this.sessionEvents;
	}

	@Override
	public void afterEach(ExtensionContext extensionContext) {
		close();
	}

	@Override
	public void close() {
		if (this.context != null) {
			this.context.close();
		}
	}

}
