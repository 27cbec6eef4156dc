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

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import io.github.ultracartsso.authentication.PermissionCatalogue;
import io.github.ultracartsso.autoconfigure.CheckedUltraCartSsoProperties;
import io.github.ultracartsso.autoconfigure.UltraCartSsoConnectionDetails;
import io.github.ultracartsso.autoconfigure.UltraCartSsoWarnings;
import io.github.ultracartsso.autoconfigure.actuate.UltraCartSsoDescriptor.Catalogue;
import io.github.ultracartsso.autoconfigure.actuate.UltraCartSsoDescriptor.ListedName;
import io.github.ultracartsso.autoconfigure.actuate.UltraCartSsoDescriptor.Traffic;
import io.github.ultracartsso.autoconfigure.permissions.PermissionAuthorities;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.client.traffic.CallKind;
import io.github.ultracartsso.client.traffic.RefreshPace;
import io.github.ultracartsso.login.LoginStartBudget;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.security.config.core.GrantedAuthorityDefaults;
import org.springframework.util.StringUtils;

/**
 * Actuator endpoint {@code ultracartsso}, which shows how this instance signs users in
 * with UltraCart. It makes no call and shows neither secrets nor users.
 */
@Endpoint(id = "ultracartsso")
final class UltraCartSsoEndpoint {

	private final CheckedUltraCartSsoProperties checked;

	private final UltraCartSsoWarnings warnings;

	private final UltraCartSsoCounts counts;

	private final ConfigurableListableBeanFactory beans;

	UltraCartSsoEndpoint(CheckedUltraCartSsoProperties checked, UltraCartSsoWarnings warnings,
			UltraCartSsoCounts counts, ConfigurableListableBeanFactory beans) {
		this.checked = checked;
		this.warnings = warnings;
		this.counts = counts;
		this.beans = beans;
	}

	@ReadOperation
	UltraCartSsoDescriptor ultraCartSso() {
		UltraCartSsoConnectionDetails connection = unique(UltraCartSsoConnectionDetails.class);
		PermissionAuthorities authorities = PermissionAuthorities.of(this.beans);
		return new UltraCartSsoDescriptor(
				EffectiveSettings.of(this.checked.properties(), rolePrefix(),
						(connection != null) ? connection.getBaseUrl().toString() : null),
				traffic(), this.counts.counts(), catalogue(authorities), authorities.ofRoles(), this.warnings.given());
	}

	private @Nullable Traffic traffic() {
		CallGate gate = unique(CallGate.class);
		if (gate == null) {
			return null;
		}
		UltraCartApiFailure reason = gate.closedBecauseOf();
		LoginStartBudget budget = unique(LoginStartBudget.class);
		RefreshPace pace = unique(RefreshPace.class);
		return new Traffic((reason != null) ? "rejected" : "made", (reason != null) ? reason.name() : null,
				gate.closedFor(), gate.waiting(), gate.leftInHour(), gate.leftInDay(), (budget != null)
						? Map.of("known", (long) budget.left(true), "new", (long) budget.left(false)) : Map.of(),
				(pace != null) ? pace.stretch() : null, requests(gate));
	}

	private static Map<String, Map<String, Long>> requests(CallGate gate) {
		Map<String, Map<String, Long>> requests = new TreeMap<>();
		for (CallKind kind : CallKind.values()) {
			Map<String, Long> outcomes = new TreeMap<>();
			outcomes.put("success", gate.statistics().requests(kind, null));
			for (UltraCartApiFailure failure : UltraCartApiFailure.values()) {
				outcomes.put(failure.name().toLowerCase(Locale.ROOT), gate.statistics().requests(kind, failure));
			}
			outcomes.values().removeIf((number) -> number == 0);
			if (!outcomes.isEmpty()) {
				requests.put(kind.name().toLowerCase(Locale.ROOT), outcomes);
			}
		}
		return requests;
	}

	private Map<String, Catalogue> catalogue(PermissionAuthorities authorities) {
		PermissionCatalogue catalogue = unique(PermissionCatalogue.class);
		Map<String, Catalogue> registrations = new TreeMap<>();
		if (catalogue != null) {
			for (String registrationId : catalogue.registrations()) {
				Map<String, String> sections = catalogue.permissions(registrationId);
				Collection<String> groups = catalogue.groups(registrationId);
				registrations.put(registrationId,
						new Catalogue(
								entries(sections.keySet(), sections::get, authorities.ofPermissions(sections.keySet())),
								entries(groups, (name) -> null, authorities.ofGroups(groups))));
			}
		}
		return registrations;
	}

	private List<ListedName> entries(Collection<String> names, Function<String, @Nullable String> sections,
			Map<String, String> authorities) {
		String rolePrefix = rolePrefix();
		return names.stream().sorted().map((name) -> {
			String section = sections.apply(name);
			String authority = authorities.get(name);
			return new ListedName(name, StringUtils.hasText(section) ? section : null, authority,
					(authority != null) ? PermissionAuthorities.expression(authority, rolePrefix) : null);
		}).toList();
	}

	private String rolePrefix() {
		GrantedAuthorityDefaults defaults = unique(GrantedAuthorityDefaults.class);
		return (defaults != null) ? defaults.getRolePrefix() : "ROLE_";
	}

	private <T> @Nullable T unique(Class<T> type) {
		return this.beans.getBeanProvider(type).getIfUnique();
	}

}
