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

package io.github.ultracartsso.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import io.github.ultracartsso.session.IpLock;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.boot.http.client.autoconfigure.HttpClientSettingsProperties;

/**
 * Configuration properties for signing in with UltraCart.
 *
 * @param enabled Whether users sign in with UltraCart.
 * @param simpleKey Simple key of the application. It needs UltraCart's Single Sign-on
 * write permission.
 * @param oauth OAuth credential of the application, used in place of a simple key.
 * @param baseUrl URL of UltraCart's REST API. Must be https unless it is on a loopback
 * host.
 * @param apiVersion Version of UltraCart's REST API, sent with every call.
 * @param allowedLoginHosts Comma-separated list of hosts that UltraCart's login URL may
 * have, each including its subdomains.
 * @param redirectUri Template or absolute URL to which UltraCart redirects browsers back.
 * An absolute https URL is recommended in production.
 * @param redirectHosts Comma-separated list of hosts that a template is expanded for
 * besides loopback hosts: names, or *.example.com for all subdomains.
 * @param loginPage Path of the sign-in page. Any path other than the default is served by
 * the application itself.
 * @param defaultSuccessUrl Path to which users are redirected after a login if no other
 * page was requested.
 * @param permitAll Comma-separated list of path patterns that the default filter chain
 * permits without authentication.
 * @param authorities Authorities of users.
 * @param accessDenied Responses to users who are denied access.
 * @param session Sessions of signed-in users.
 * @param login Pending logins.
 * @param logout Signing out.
 * @param signIn Built-in sign-in page.
 * @param limits Limits of UltraCart's API.
 * @param http HTTP calls to UltraCart.
 * @param methodSecurity Method security.
 * @since 0.1
 */
@ConfigurationProperties("ultracart.sso")
public record UltraCartSsoProperties(@DefaultValue("true") boolean enabled, @Nullable String simpleKey,
		@DefaultValue Oauth oauth, @DefaultValue("https://secure.ultracart.com/rest/v2") String baseUrl,
		@DefaultValue("2017-03-01") String apiVersion, @DefaultValue("ultracart.com") List<String> allowedLoginHosts,
		@DefaultValue("{baseUrl}/login/ultracart") String redirectUri, @DefaultValue List<String> redirectHosts,
		@DefaultValue("/login") String loginPage, @DefaultValue("/") String defaultSuccessUrl,
		@DefaultValue List<String> permitAll, @DefaultValue Authorities authorities,
		@DefaultValue AccessDenied accessDenied, @DefaultValue Session session, @DefaultValue Login login,
		@DefaultValue Logout logout, @DefaultValue SignIn signIn, @DefaultValue Limits limits, @DefaultValue Http http,
		@DefaultValue MethodSecurity methodSecurity, @DefaultValue Development development) {

	/**
	 * Names the type only, since one of the properties is a key.
	 */
	@Override
	public String toString() {
		return "UltraCartSsoProperties";
	}

	/**
	 * OAuth credential of the application, used in place of a simple key.
	 *
	 * @param clientId Client id of the developer application. It needs UltraCart's Single
	 * Sign-on write permission.
	 * @param refreshToken Refresh token that UltraCart has given for the developer
	 * application.
	 */
	public record Oauth(@Nullable String clientId, @Nullable String refreshToken) {

		/**
		 * Names the type only, since one of the properties is a secret.
		 */
		@Override
		public String toString() {
			return "UltraCartSsoProperties.Oauth";
		}

	}

	/**
	 * Authorities of users.
	 *
	 * @param permissionPrefix Prefix of the authority that a permission becomes. Follows
	 * the application's GrantedAuthorityDefaults, which are ROLE_ by default.
	 * @param groupPrefix Prefix of the authority that membership of a group becomes.
	 * @param roles Roles, each with a comma-separated list of names of permissions, or of
	 * groups written as group:name, any one of which grants the role. Names of roles are
	 * upper-cased, and characters other than letters and digits become underscores.
	 */
	public record Authorities(@Nullable String permissionPrefix,
			@DefaultValue(Authorities.DEFAULT_GROUP_PREFIX) String groupPrefix,
			@DefaultValue Map<String, List<String>> roles) {

		/**
		 * Default prefix of the authority that membership of a group becomes.
		 */
		public static final String DEFAULT_GROUP_PREFIX = "GROUP_";

	}

	/**
	 * Responses to users who are denied access.
	 *
	 * @param explain Whether signed-in users who are denied access are told which
	 * permissions and groups they lack.
	 */
	public record AccessDenied(@DefaultValue("true") boolean explain) {

	}

	/**
	 * Sessions of signed-in users.
	 *
	 * @param ipLock How a session is bound to the address that the user signed in from.
	 * @param refreshInterval Age at which the next request reads the permissions of a
	 * user again. Zero for never.
	 * @param maxAge Time after the login at which a session ends at the latest. By
	 * default the expiry of the user's key alone counts.
	 * @param unknownExpiryMaxAge Time after the login at which a session ends if
	 * UltraCart does not tell its expiry.
	 * @param encryptionKeys Comma-separated list of AES-256 keys, 32 bytes of Base64
	 * each. The first encrypts, all decrypt. Without any, a random key is used that no
	 * other instance has and that is lost at a restart.
	 */
	public record Session(@DefaultValue("off") IpLock ipLock,
			@DurationUnit(ChronoUnit.SECONDS) @DefaultValue("30m") Duration refreshInterval,
			@DurationUnit(ChronoUnit.SECONDS) @Nullable Duration maxAge,
			@DurationUnit(ChronoUnit.SECONDS) @DefaultValue("1h") Duration unknownExpiryMaxAge,
			@DefaultValue List<String> encryptionKeys) {

		/**
		 * Names the type only, since some of the properties are keys.
		 */
		@Override
		public String toString() {
			return "UltraCartSsoProperties.Session";
		}

	}

	/**
	 * Pending logins.
	 *
	 * @param pendingStore Where a pending login is kept between its start and its
	 * callback.
	 * @param maxStartsPerHour Maximum number of logins that each instance of the
	 * application starts within an hour. Each start counts towards the merchant's rate
	 * limit at UltraCart.
	 */
	public record Login(@DefaultValue("cookie") PendingStore pendingStore, @DefaultValue("500") int maxStartsPerHour) {

		/**
		 * Where a pending login is kept between its start and its callback.
		 */
		public enum PendingStore {

			/**
			 * In the HTTP session.
			 */
			SESSION,

			/**
			 * In an encrypted cookie, so that a login needs no session before it
			 * succeeds.
			 */
			COOKIE

		}

	}

	/**
	 * Signing out.
	 *
	 * @param revokeTimeout Time that signing out waits for UltraCart.
	 * @param revokeOnSessionExpiry Whether to revoke the key of a user whose session
	 * times out, if the session store reports it.
	 * @param successUrl Path to which users are redirected after signing out. Follows the
	 * sign-in page if only that is changed.
	 */
	public record Logout(@DurationUnit(ChronoUnit.SECONDS) @DefaultValue("2s") Duration revokeTimeout,
			@DefaultValue("true") boolean revokeOnSessionExpiry,
			@DefaultValue(Logout.DEFAULT_SUCCESS_URL) String successUrl) {

		/**
		 * Default path to which users are redirected after signing out.
		 */
		public static final String DEFAULT_SUCCESS_URL = "/login?logout";

	}

	/**
	 * Built-in sign-in page.
	 *
	 * @param applicationName Name of the application on the sign-in page. By default the
	 * value of spring.application.name.
	 * @param logoUrl Logo on the sign-in page: path relative to the context path, or
	 * absolute https URL. It must be open to everyone.
	 */
	public record SignIn(@Nullable String applicationName, @Nullable String logoUrl) {

	}

	/**
	 * Limits of UltraCart's API.
	 *
	 * @param store Where the instances of the application share the limits.
	 * @param group Name of the instances that share the limits: those with the same
	 * credential and the same outgoing IP address. Derived from the credential and the
	 * base URL by default.
	 * @param callsPerHour Number of requests that UltraCart allows in an hour. When
	 * little of it is left, calls for users are rejected before logins.
	 * @param callsPerDay Number of requests that UltraCart allows in a day. When little
	 * of it is left, calls for users are rejected before logins.
	 * @param refreshShare Part of the hourly limit, between 0 and 1, that reading the
	 * permissions of signed-in users again may use. With more users the interval
	 * stretches.
	 * @param longestRefreshInterval Age at which the permissions of a user are read again
	 * even if that takes more than its part of the hourly limit.
	 */
	public record Limits(@DefaultValue("memory") Store store, @Nullable String group,
			@DefaultValue("1000") int callsPerHour, @DefaultValue("10000") int callsPerDay,
			@DefaultValue("0.33") double refreshShare,
			@DurationUnit(ChronoUnit.SECONDS) @DefaultValue("4h") Duration longestRefreshInterval) {

		/**
		 * Where the instances of an application share the limits.
		 */
		public enum Store {

			/**
			 * Nowhere: each instance goes by itself.
			 */
			MEMORY,

			/**
			 * In Redis.
			 */
			REDIS,

			/**
			 * In a database.
			 */
			JDBC

		}

	}

	/**
	 * HTTP calls to UltraCart.
	 */
	public static final class Http extends HttpClientSettingsProperties {

		private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(2);

		private static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(5);

		/**
		 * Maximum number of concurrent calls to UltraCart. UltraCart allows one.
		 */
		private int maxConcurrentCalls = 1;

		/**
		 * Time that a call to UltraCart waits in the queue.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration queueTimeout = Duration.ofSeconds(5);

		/**
		 * Time that a whole call to UltraCart may take after the queue: connecting,
		 * waiting, reading and all retries.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration callTimeout = Duration.ofSeconds(10);

		/**
		 * Maximum number of retries of a call to UltraCart after a temporary failure. A
		 * code is never exchanged twice.
		 */
		private int maxRetries = 2;

		/**
		 * Creates the properties with their defaults.
		 */
		public Http() {
			setConnectTimeout(DEFAULT_CONNECT_TIMEOUT);
			setReadTimeout(DEFAULT_READ_TIMEOUT);
		}

		/**
		 * Returns the maximum number of concurrent calls.
		 * @return the number of calls
		 */
		public int getMaxConcurrentCalls() {
			return this.maxConcurrentCalls;
		}

		/**
		 * Sets the maximum number of concurrent calls.
		 * @param maxConcurrentCalls the number of calls
		 */
		public void setMaxConcurrentCalls(int maxConcurrentCalls) {
			this.maxConcurrentCalls = maxConcurrentCalls;
		}

		/**
		 * Returns how long a call waits in the queue.
		 * @return the time
		 */
		public Duration getQueueTimeout() {
			return this.queueTimeout;
		}

		/**
		 * Sets how long a call waits in the queue.
		 * @param queueTimeout the time
		 */
		public void setQueueTimeout(Duration queueTimeout) {
			this.queueTimeout = queueTimeout;
		}

		/**
		 * Returns how long a whole call may take.
		 * @return the time
		 */
		public Duration getCallTimeout() {
			return this.callTimeout;
		}

		/**
		 * Sets how long a whole call may take.
		 * @param callTimeout the time
		 */
		public void setCallTimeout(Duration callTimeout) {
			this.callTimeout = callTimeout;
		}

		/**
		 * Returns the maximum number of retries.
		 * @return the number of retries
		 */
		public int getMaxRetries() {
			return this.maxRetries;
		}

		/**
		 * Sets the maximum number of retries.
		 * @param maxRetries the number of retries
		 */
		public void setMaxRetries(int maxRetries) {
			this.maxRetries = maxRetries;
		}

	}

	/**
	 * Method security.
	 *
	 * @param enabled Whether to turn on method security annotations such as PreAuthorize,
	 * unless the application does so itself.
	 */
	public record MethodSecurity(@DefaultValue("true") boolean enabled) {

	}

	/**
	 * Switches for development.
	 *
	 * @param plainHttpHosts Comma-separated list of hosts, besides loopback hosts, that
	 * are trusted over plain http, such as host.testcontainers.internal for a browser in
	 * a container. Keys, codes and cookies are sent to them without encryption.
	 */
	public record Development(@DefaultValue List<String> plainHttpHosts) {

	}

}
