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
package io.github.ultracartsso.autoconfigure.permissions;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.github.ultracartsso.authentication.KnownPermissions;
import io.github.ultracartsso.authentication.KnownPermissions.KnownPermission;
import io.github.ultracartsso.authentication.PermissionCatalogue;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.authorization.UltraCartAuthorizationDecision;
import io.github.ultracartsso.autoconfigure.UltraCartSsoWarnings;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.authorization.AuthorityAuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ExpressionAuthorizationDecision;
import org.springframework.security.authorization.event.AuthorizationDeniedEvent;
import org.springframework.security.core.GrantedAuthority;

/**
 * Warns of names in the configuration and in the code of an application that no
 * permission, group or role has: a misspelt name denies everyone, without another
 * message. At start it knows the documented permissions only, so it warns where a name is
 * similar to one of them. After the first login it knows what UltraCart lists. It warns
 * of each name once.
 * <p>
 * Rules of {@code authorizeHttpRequests} cannot be read at start. They are checked when
 * they deny a request for the first time.
 */
final class PermissionNameCheck implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(PermissionNameCheck.class);

	/**
	 * An expression may be made at runtime.
	 */
	private static final int MAX_NAMES = 1000;

	private static final String ELSEWHERE = " If another login or a mapper of the application grants it, ignore this.";

	private static final String GROUP_REFERENCE = "group:";

	private final Supplier<Iterable<RequiredName>> atStart;

	private final PermissionCatalogue catalogue;

	private final NameSources sources;

	private final UltraCartSsoWarnings warnings;

	private final RequiredNames names;

	/**
	 * What is known of each name that was found.
	 */
	private final Map<String, State> states = new ConcurrentHashMap<>();

	/**
	 * The expressions that have denied a request and have been read.
	 */
	private final Set<String> expressions = ConcurrentHashMap.newKeySet();

	private final AuthenticationTrustResolver trustResolver = new AuthenticationTrustResolverImpl();

	private final Map<String, RequiredName> pending = new ConcurrentHashMap<>();

	PermissionNameCheck(Supplier<Iterable<RequiredName>> atStart, PermissionCatalogue catalogue, NameSources sources,
			UltraCartSsoWarnings warnings) {
		this.atStart = atStart;
		this.catalogue = catalogue;
		this.sources = sources;
		this.warnings = warnings;
		this.names = new RequiredNames(sources.rolePrefix());
	}

	@Override
	public void afterSingletonsInstantiated() {
		ExistingNames documented = null;
		for (RequiredName required : this.atStart.get()) {
			if (isNew(required)) {
				documented = (documented != null) ? documented : documented();
				String suggestion = documented.contains(required) ? null : documented.suggest(required);
				if (suggestion != null && this.sources.isOnlySource(required.kind())) {
					warn(required, "is not known as a name that UltraCart has", suggestion);
				}
				else {
					this.pending.put(required.key(), required);
				}
			}
		}
	}

	private ExistingNames documented() {
		Set<String> permissions = Set
			.copyOf(KnownPermissions.load().all().stream().map(KnownPermission::name).toList());
		return this.sources.existing(List.of(new ListedNames(permissions, Set.of())), Set.of());
	}

	@EventListener
	void onLogin(AuthenticationSuccessEvent event) {
		if (!this.pending.isEmpty() && event.getAuthentication() instanceof UltraCartAuthenticationToken) {
			checkPending();
		}
	}

	@EventListener
	void onDenied(AuthorizationDeniedEvent<?> event) {
		// a denied request of a person who has not signed in tells nothing
		if (!this.trustResolver.isAuthenticated(event.getAuthentication().get())) {
			return;
		}
		AuthorizationResult result = event.getAuthorizationResult();
		if (result instanceof AuthorityAuthorizationDecision decision) {
			for (GrantedAuthority authority : decision.getAuthorities()) {
				String name = authority.getAuthority();
				if (name != null) {
					found(new RequiredName(RequiredName.Kind.AUTHORITY, name,
							PermissionAuthorities.expression(name, this.sources.rolePrefix()),
							"a rule that has denied a request"));
				}
			}
		}
		else if (result instanceof UltraCartAuthorizationDecision decision) {
			for (String missing : decision.getMissing()) {
				found(required(missing));
			}
		}
		else if (result instanceof ExpressionAuthorizationDecision decision) {
			String expression = decision.getExpression().getExpressionString();
			if (this.expressions.size() < MAX_NAMES && this.expressions.add(expression)) {
				this.names.of(expression, "an expression that has denied a request").forEach(this::found);
			}
		}
	}

	private static RequiredName required(String missing) {
		String written = "'" + missing + "'";
		String place = "a check that has denied a request";
		return missing.startsWith(GROUP_REFERENCE)
				? new RequiredName(RequiredName.Kind.GROUP, missing.substring(GROUP_REFERENCE.length()), written, place)
				: new RequiredName(RequiredName.Kind.PERMISSION, missing, written, place);
	}

	private void found(RequiredName required) {
		if (isNew(required)) {
			this.pending.put(required.key(), required);
			checkPending();
		}
	}

	private boolean isNew(RequiredName required) {
		return !this.states.containsKey(required.key()) && this.states.size() < MAX_NAMES
				&& this.states.putIfAbsent(required.key(), State.FOUND) == null;
	}

	/**
	 * Does nothing before UltraCart has listed names.
	 */
	private void checkPending() {
		if (this.catalogue.permissions().isEmpty()) {
			return;
		}
		ExistingNames listed = this.sources.existing(ListedNames.in(this.catalogue), this.catalogue.authorities());
		for (RequiredName required : List.copyOf(this.pending.values())) {
			if (this.pending.remove(required.key()) != null && !listed.contains(required)) {
				String suggestion = listed.suggest(required);
				if (suggestion != null || this.sources.isOnlySource(required.kind())) {
					warn(required,
							"belongs to none of the " + listed.count() + " that UltraCart lists" + registrations(),
							suggestion);
				}
			}
		}
	}

	/**
	 * Returns which users UltraCart has listed names for, unless the application has one
	 * registration only, which has the default name.
	 */
	private String registrations() {
		Set<String> ids = new TreeSet<>(this.catalogue.registrations());
		return ids.equals(Set.of(UltraCartUser.DEFAULT_REGISTRATION_ID)) ? ""
				: " for users of the " + ((ids.size() == 1) ? "registration '" : "registrations '")
						+ ExistingNames.clean(String.join("', '", ids)) + "'";
	}

	private void warn(RequiredName required, String reason, @Nullable String suggestion) {
		if (this.states.put(required.key(), State.WARNED) != State.WARNED) {
			this.warnings.give(logger,
					"%s in %s %s.%s %s".formatted(ExistingNames.clean(required.written()),
							ExistingNames.clean(required.place()), reason,
							(suggestion != null) ? " Did you mean %s?".formatted(suggestion) : "",
							consequence(required) + (this.sources.isOnlySource(required.kind()) ? "" : ELSEWHERE)));
		}
	}

	private static String consequence(RequiredName required) {
		return switch (required.kind()) {
			case GRANTING_PERMISSION, GRANTING_GROUP -> "A name that UltraCart does not list grants nothing.";
			case PERMISSION, GROUP, AUTHORITY ->
				required.negated() ? "Where users must not have what no user has, everyone is granted access."
						: "What no user has denies everyone.";
		};
	}

	private enum State {

		FOUND, WARNED

	}

}
