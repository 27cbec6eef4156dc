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

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.ultracartsso.autoconfigure.InvalidUltraCartSsoConfigurationException.Mistake;
import io.github.ultracartsso.client.SecureTransport;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.StringUtils;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/**
 * Looks at the whole configuration before anything is made of it, so that all mistakes
 * are reported at once. It looks nothing up and calls nobody.
 */
final class UltraCartSsoConfigurationCheck {

	private static final Pattern TEMPLATE_VARIABLE = Pattern
		.compile("\\{(baseUrl|baseScheme|baseHost|basePort|basePath)}");

	private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^:}]*)");

	private static final String SIMPLE_KEY = "ultracart.sso.simple-key";

	private static final String CLIENT_ID = "ultracart.sso.oauth.client-id";

	private static final String REFRESH_TOKEN = "ultracart.sso.oauth.refresh-token";

	private static final String ENCRYPTION_KEY = "ultracart.sso.session.encryption-keys[%d]";

	private static final String MAKE_KEY = " This makes a key: openssl rand -base64 32";

	private static final Pattern USER_INFO = Pattern.compile("//[^/]*@");

	private static final Pattern API_VERSION = Pattern.compile("[A-Za-z0-9.-]+");

	private static final Pattern PATH = Pattern.compile("/(?![/\\\\]).*");

	private static final Pattern NO_PLAIN_PATH = Pattern.compile("[?#*{}]");

	private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");

	private final List<Mistake> mistakes = new ArrayList<>();

	private final UltraCartSsoProperties properties;

	private final List<String> sslBundles;

	private UltraCartSsoConfigurationCheck(UltraCartSsoProperties properties, List<String> sslBundles) {
		this.properties = properties;
		this.sslBundles = sslBundles;
	}

	/**
	 * Checks the properties.
	 * @param properties the properties
	 * @param sslBundles the names of the SSL bundles there are
	 * @param credential whether the credential of the application is taken from the
	 * properties
	 * @param baseUrl whether the base URL is
	 * @throws InvalidUltraCartSsoConfigurationException if there are mistakes
	 */
	static void check(UltraCartSsoProperties properties, List<String> sslBundles, boolean credential, boolean baseUrl) {
		UltraCartSsoConfigurationCheck check = new UltraCartSsoConfigurationCheck(properties, sslBundles);
		if (credential) {
			check.checkCredential();
		}
		if (baseUrl) {
			check.checkBaseUrl();
		}
		check.checkApiVersion();
		check.checkRedirectUri();
		check.checkLoginHosts();
		check.checkPaths();
		check.checkLogin();
		check.checkAuthorities();
		check.checkEncryptionKeys();
		check.checkSessionAges();
		check.checkTimeouts();
		check.checkHttp();
		if (!check.mistakes.isEmpty()) {
			throw new InvalidUltraCartSsoConfigurationException(check.mistakes);
		}
	}

	private void checkCredential() {
		boolean simpleKey = StringUtils.hasText(this.properties.simpleKey());
		boolean oauth = StringUtils.hasText(this.properties.oauth().clientId())
				|| StringUtils.hasText(this.properties.oauth().refreshToken());
		if (simpleKey && oauth) {
			add("ultracart.sso.simple-key and ultracart.sso.oauth.* are both set, but the application can authenticate"
					+ " itself in one way only",
					"Remove ultracart.sso.oauth.* and keep the simple key, or remove ultracart.sso.simple-key and keep"
							+ " OAuth.");
		}
		else if (!simpleKey && !oauth) {
			add("ultracart.sso.simple-key is not set, so the application cannot authenticate itself to UltraCart",
					"Set ultracart.sso.simple-key to the key of an authorized application with the Single Sign-on write"
							+ " permission (in UltraCart: Configuration, Development, Authorized Applications / API"
							+ " Keys), or set ultracart.sso.oauth.client-id and ultracart.sso.oauth.refresh-token of a"
							+ " developer application that has it, or define an UltraCartSsoConnectionDetails bean, as"
							+ " the UltraCart simulator does. To start without UltraCart, set"
							+ " ultracart.sso.enabled=false.");
		}
		if (simpleKey) {
			checkSecret(SIMPLE_KEY, "key", this.properties.simpleKey());
		}
		if (oauth) {
			checkOauth();
		}
	}

	private void checkOauth() {
		UltraCartSsoProperties.Oauth oauth = this.properties.oauth();
		checkPair(CLIENT_ID, oauth.clientId(), REFRESH_TOKEN);
		checkPair(REFRESH_TOKEN, oauth.refreshToken(), CLIENT_ID);
		checkSecret(CLIENT_ID, "client id", oauth.clientId());
		checkSecret(REFRESH_TOKEN, "token", oauth.refreshToken());
	}

	private void checkPair(String property, @Nullable String value, String other) {
		if (!StringUtils.hasText(value)) {
			add("%s is not set, but %s is, and OAuth takes both".formatted(property, other),
					"Set %s, or remove %s and set ultracart.sso.simple-key.".formatted(property, other));
		}
	}

	private void checkSecret(String property, String kind, @Nullable String secret) {
		if (StringUtils.hasText(secret) && !hasPlaceholder(property, secret, kind, "")
				&& !secret.chars().allMatch((ch) -> ch > 0x20 && ch < 0x7f)) {
			add("%s has characters that cannot be part of a %s, such as blanks".formatted(property, kind),
					"Copy the %s anew, without quotes, blanks or line ends.".formatted(kind));
		}
	}

	private boolean hasPlaceholder(String property, String key, String kind, String more) {
		Matcher placeholder = PLACEHOLDER.matcher(key);
		boolean found = placeholder.find();
		if (found) {
			add("%s is made of ${%s}, which nothing gives a value".formatted(property, placeholder.group(1)),
					"Set %s, for example as an environment variable, or give %s the %s itself.%s"
						.formatted(placeholder.group(1), property, kind, more));
		}
		return found;
	}

	private void checkBaseUrl() {
		URI baseUrl = uri(this.properties.baseUrl());
		if (baseUrl == null || !SecureTransport.isSecure(baseUrl) || baseUrl.getRawQuery() != null
				|| baseUrl.getRawFragment() != null) {
			add("ultracart.sso.base-url is '%s', but must be an absolute https URL without a query (http is accepted for"
				.formatted(withoutUserInfo(this.properties.baseUrl())) + " a loopback host only)",
					"Remove ultracart.sso.base-url to use UltraCart's own, or set it to an https URL such as"
							+ " https://secure.ultracart.com/rest/v2.");
		}
	}

	private void checkApiVersion() {
		if (!API_VERSION.matcher(this.properties.apiVersion()).matches()) {
			add("ultracart.sso.api-version is '%s', but must be the date of a version of the API"
				.formatted(this.properties.apiVersion()),
					"Remove ultracart.sso.api-version, or set it to a date such as 2017-03-01.");
		}
	}

	private void checkRedirectUri() {
		String redirectUri = this.properties.redirectUri();
		boolean template = TEMPLATE_VARIABLE.matcher(redirectUri).find();
		URI example = uri(TEMPLATE_VARIABLE.matcher(redirectUri.replace("{baseUrl}", "https://host.example"))
			.replaceAll((variable) -> switch (variable.group(1)) {
				case "baseScheme" -> "https";
				case "baseHost" -> "host.example";
				default -> "";
			}));
		if (example == null || !SecureTransport.isSecure(example) || example.getRawFragment() != null
				|| !hasPath(example)) {
			add("ultracart.sso.redirect-uri is '%s', but must be %s".formatted(withoutUserInfo(redirectUri), template
					? "a template that makes an absolute https URL with a path of {baseUrl} or of {baseScheme}, {baseHost},"
							+ " {basePort} and {basePath}"
					: "an absolute https URL with a path and without a fragment (http is accepted for a loopback host only), or a"
							+ " template that begins with {baseUrl}"),
					"Set ultracart.sso.redirect-uri to the URL under which browsers reach the application, such as"
							+ " https://backoffice.example.com/login/ultracart, or remove it to have it made of the"
							+ " request.");
		}
	}

	/**
	 * The home page cannot be where callbacks arrive.
	 */
	private static boolean hasPath(URI url) {
		return StringUtils.hasText(url.getRawPath()) && !url.getRawPath().equals("/");
	}

	private void checkLoginHosts() {
		List<String> hosts = this.properties.allowedLoginHosts();
		if (hosts.isEmpty() || !hosts.stream().allMatch((host) -> HOST_NAME.matcher(host).matches())) {
			add("ultracart.sso.allowed-login-hosts is '%s', but must be host names, without scheme, port or wildcard"
				.formatted(String.join(",", hosts)),
					"Remove ultracart.sso.allowed-login-hosts, or list host names such as ultracart.com; each stands for"
							+ " the hosts below it too.");
		}
	}

	private void checkPaths() {
		checkPath("ultracart.sso.login-page", this.properties.loginPage());
		checkPath("ultracart.sso.default-success-url", this.properties.defaultSuccessUrl());
		checkPath("ultracart.sso.logout.success-url", this.properties.logout().successUrl());
		this.properties.permitAll().forEach((pattern) -> checkPath("ultracart.sso.permit-all", pattern));
		if (NO_PLAIN_PATH.matcher(this.properties.loginPage()).find()) {
			add("ultracart.sso.login-page is '%s', but must be a path without a query or wildcards"
				.formatted(this.properties.loginPage()), "Write ultracart.sso.login-page as in /sign-in.");
		}
		this.properties.permitAll().stream().filter((pattern) -> !isPattern(pattern)).forEach((pattern) -> {
			add("ultracart.sso.permit-all is '%s', but must be patterns of paths".formatted(pattern),
					"Write ultracart.sso.permit-all as in /public/**,/news/{id}.");
		});
	}

	private void checkPath(String property, String path) {
		if (!PATH.matcher(path).matches()) {
			add("%s is '%s', but must be a path of this application that begins with one /".formatted(property, path),
					"Write %s without scheme, host and context path, for example /welcome.".formatted(property));
		}
	}

	private static boolean isPattern(String path) {
		try {
			PathPatternParser.defaultInstance.parse(path);
			return true;
		}
		catch (PatternParseException ex) {
			return false;
		}
	}

	private void checkAuthorities() {
		UltraCartSsoProperties.Authorities authorities = this.properties.authorities();
		if (authorities.permissionPrefix().equals(authorities.groupPrefix())) {
			add("ultracart.sso.authorities.permission-prefix and ultracart.sso.authorities.group-prefix are both '%s', so"
				.formatted(authorities.groupPrefix()) + " that a group could pass for a permission",
					"Give ultracart.sso.authorities.group-prefix a value of its own, such as GROUP_.");
		}
		authorities.roles().forEach((role, grants) -> {
			if (!StringUtils.hasText(role) || role.toUpperCase(Locale.ROOT).startsWith("ROLE_")) {
				add("ultracart.sso.authorities.roles has the role '%s', but roles are named without ROLE_"
					.formatted(role), "Write the role as hasRole('...') takes it: without ROLE_.");
			}
			if (grants.isEmpty() || grants.stream().anyMatch((grant) -> !StringUtils.hasText(grant))) {
				add("ultracart.sso.authorities.roles.%s names nothing that grants it".formatted(role),
						"List names of permissions, or group:<name>, under the role, or remove it.");
			}
		});
	}

	private void checkEncryptionKeys() {
		List<String> texts = this.properties.session().encryptionKeys();
		List<byte @Nullable []> keys = texts.stream().map(EncryptionKeyReader::read).toList();
		for (int index = 0; index < texts.size(); index++) {
			String property = ENCRYPTION_KEY.formatted(index);
			byte[] key = keys.get(index);
			if (hasPlaceholder(property, texts.get(index), "key", MAKE_KEY)) {
				continue;
			}
			if (!StringUtils.hasText(texts.get(index))) {
				add(property + " is empty", "Remove it, or set it to a key." + MAKE_KEY);
			}
			else if (key == null) {
				add(property + " is not Base64", "Copy the key anew, without quotes, or make another." + MAKE_KEY);
			}
			else if (key.length != EncryptionKeyReader.KEY_BYTES) {
				add("%s is Base64 of %d bytes, but an AES-256 key has exactly %d".formatted(property, key.length,
						EncryptionKeyReader.KEY_BYTES), "Set %s to another key.%s".formatted(property, MAKE_KEY));
			}
			else {
				checkNotRepeated(property, key, keys.subList(0, index));
			}
		}
	}

	private void checkNotRepeated(String property, byte[] key, List<byte @Nullable []> before) {
		for (int index = 0; index < before.size(); index++) {
			if (Arrays.equals(key, before.get(index))) {
				add("%s is the same key as %s".formatted(property, ENCRYPTION_KEY.formatted(index)),
						"Remove %s. To replace a key, put the new one before it.%s".formatted(property, MAKE_KEY));
				return;
			}
		}
	}

	private void checkSessionAges() {
		UltraCartSsoProperties.Session session = this.properties.session();
		if (!session.refreshInterval().isZero()) {
			checkAge("ultracart.sso.session.refresh-interval", session.refreshInterval(), "30m",
					"must be positive, or 0 for never");
		}
		checkAge("ultracart.sso.session.max-age", session.maxAge(), "8h", "must be positive");
		checkAge("ultracart.sso.session.unknown-expiry-max-age", session.unknownExpiryMaxAge(), "1h",
				"must be positive");
	}

	private void checkAge(String property, @Nullable Duration age, String example, String rule) {
		if (age != null && (age.isNegative() || age.isZero())) {
			add("%s is %s, but %s".formatted(property, DurationStyle.SIMPLE.print(age), rule),
					"Remove %s, or set it to a duration with its unit, such as %s.".formatted(property, example));
		}
	}

	private void checkTimeouts() {
		checkTimeout("ultracart.sso.http.connect-timeout", this.properties.http().getConnectTimeout());
		checkTimeout("ultracart.sso.http.read-timeout", this.properties.http().getReadTimeout());
		checkTimeout("ultracart.sso.http.call-timeout", this.properties.http().getCallTimeout());
		checkTimeout("ultracart.sso.logout.revoke-timeout", this.properties.logout().revokeTimeout());
	}

	private void checkTimeout(String property, @Nullable Duration timeout) {
		if (timeout != null && timeout.toMillis() < 1) {
			add("%s is %s, but must be at least a millisecond (there is no waiting without end)".formatted(property,
					DurationStyle.SIMPLE.print(timeout)),
					"Remove %s, or set it to a duration such as 5s.".formatted(property));
		}
	}

	private void checkLogin() {
		int maxStartsPerHour = this.properties.login().maxStartsPerHour();
		if (maxStartsPerHour < 1) {
			add("ultracart.sso.login.max-starts-per-hour is %d, but must be at least 1 (nobody could sign in)"
				.formatted(maxStartsPerHour),
					"Remove ultracart.sso.login.max-starts-per-hour, or set it to a number such as 500.");
		}
	}

	private void checkHttp() {
		if (this.properties.http().getMaxConcurrentCalls() < 1) {
			add("ultracart.sso.http.max-concurrent-calls is %d, but must be at least 1"
				.formatted(this.properties.http().getMaxConcurrentCalls()),
					"Remove ultracart.sso.http.max-concurrent-calls, since UltraCart allows one call at a time.");
		}
		if (this.properties.http().getQueueTimeout().isNegative()) {
			add("ultracart.sso.http.queue-timeout is %s, but cannot be negative"
				.formatted(DurationStyle.SIMPLE.print(this.properties.http().getQueueTimeout())),
					"Remove ultracart.sso.http.queue-timeout, or set it to a duration such as 5s.");
		}
		if (this.properties.http().getMaxRetries() < 0) {
			add("ultracart.sso.http.max-retries is %d, but cannot be negative"
				.formatted(this.properties.http().getMaxRetries()),
					"Remove ultracart.sso.http.max-retries, or set it to 0 for no repetitions.");
		}
		String sslBundle = this.properties.http().getSsl().getBundle();
		if (StringUtils.hasText(sslBundle) && !this.sslBundles.contains(sslBundle)) {
			add("ultracart.sso.http.ssl.bundle is '%s', but there is no SSL bundle of that name".formatted(sslBundle),
					"Define spring.ssl.bundle.pem.%1$s or spring.ssl.bundle.jks.%1$s, or correct the name."
						.formatted(sslBundle));
		}
		if (this.properties.http().getRedirects() != null) {
			add("ultracart.sso.http.redirects is set, but redirects are never followed, because the key would travel along",
					"Remove ultracart.sso.http.redirects.");
		}
		if (this.properties.http().getCookieHandling() != null) {
			add("ultracart.sso.http.cookie-handling is set, but cookies are never kept, because the calls of all users"
					+ " share a client", "Remove ultracart.sso.http.cookie-handling.");
		}
	}

	private void add(String description, String remedy) {
		this.mistakes.add(new Mistake(description + ".", remedy));
	}

	private static String withoutUserInfo(String url) {
		return USER_INFO.matcher(url).replaceFirst("//******@");
	}

	private static @Nullable URI uri(String text) {
		try {
			return URI.create(text);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
