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

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import io.github.ultracartsso.authentication.PermissionCatalogue;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.authorization.RequiresGroup;
import io.github.ultracartsso.authorization.RequiresPermission;
import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.TestBrowser;
import io.github.ultracartsso.autoconfigure.TestUltraCart;
import io.github.ultracartsso.autoconfigure.UltraCartSsoWarnings;
import io.github.ultracartsso.client.Permission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.annotation.Secured;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.core.GrantedAuthorityDefaults;
import org.springframework.security.core.annotation.AnnotationTemplateExpressionDefaults;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.expression.WebExpressionAuthorizationManager;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.authentication.switchuser.SwitchUserFilter;
import org.springframework.security.web.authentication.www.DigestAuthenticationEntryPoint;
import org.springframework.security.web.authentication.www.DigestAuthenticationFilter;
import org.springframework.stereotype.Component;

import static io.github.ultracartsso.config.UltraCartLoginConfigurer.ultraCartLogin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * What an application is told of names that no permission, group or role has.
 */
@ExtendWith(OutputCaptureExtension.class)
class PermissionNameCheckTests {

	@RegisterExtension
	final TestUltraCart ultraCart = new TestUltraCart();

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "Acess Shipping Department | Access Shipping Department",
			"view items | View Items", "EDIT_ITMES | Edit Items" })
	void startWhenRoleInPropertiesNamesMisspeltPermissionThenToldWhatWasMeant(String name, String meant,
			CapturedOutput output) {
		application().withPropertyValues("ultracart.sso.authorities.roles.SHIPPER=" + name)
			.run((context) -> assertThat(warnings(output)).containsExactly("'" + name
					+ "' in ultracart.sso.authorities.roles.SHIPPER is not known as a name that UltraCart has."
					+ " Did you mean '" + meant + "'? A name that UltraCart does not list grants nothing."));
	}

	@Test
	void startWhenHasRoleIsMisspeltThenToldWhatWasMeant(CapturedOutput output) {
		application().withUserConfiguration(Misspelt.class)
			.run((context) -> assertThat(warnings(output)).containsExactly(
					"hasRole('EDIT_ITMES') in @PreAuthorize of Misspelt.edit is not known as a name that UltraCart has."
							+ " Did you mean hasRole('EDIT_ITEMS') of the permission 'Edit Items'?"
							+ " What no user has denies everyone."));
	}

	@Test
	void startWhenHasAuthorityLacksThePrefixThenToldWhatWasMeant(CapturedOutput output) {
		application().withUserConfiguration(WithoutPrefix.class)
			.run((context) -> assertThat(warnings(output)).singleElement()
				.asString()
				.contains("hasAuthority('VIEW_ITEMS') in @PreAuthorize of WithoutPrefix")
				.contains("Did you mean hasRole('VIEW_ITEMS') of the permission 'View Items'?"));
	}

	@ParameterizedTest
	@ValueSource(classes = { ByAnnotation.class, ByExpression.class })
	void startWhenNameOfUltraCartIsMisspeltInCodeThenToldWhatWasMeant(Class<?> bean, CapturedOutput output) {
		application().withUserConfiguration(bean).run((context) -> {
			assertThat(warnings(output)).singleElement()
				.asString()
				.contains("'EDIT_ITEMS'")
				.endsWith("is not known as a name that UltraCart has. Did you mean 'Edit Items'?"
						+ " What no user has denies everyone.");
			new TestBrowser(context).signIn(this.ultraCart);
			assertThat(warnings(output)).hasSize(2)
				.last()
				.asString()
				.contains("'Wharehouse'")
				.contains("Did you mean 'Warehouse'?");
		});
	}

	@Test
	void startWhenNamesAreRightThenNothingIsSaid(CapturedOutput output) {
		application().withUserConfiguration(Right.class)
			.withPropertyValues("ultracart.sso.authorities.roles.SHIPPER=View Items,EDIT_ITEMS,group:Warehouse")
			.run((context) -> {
				new TestBrowser(context).signIn(this.ultraCart);
				assertThat(warnings(output)).isEmpty();
			});
	}

	@Test
	void startWhenMethodSecurityIsOffThenAnnotationsAreNotRead(CapturedOutput output) {
		application().withUserConfiguration(Misspelt.class)
			.withPropertyValues("ultracart.sso.method-security.enabled=false")
			.run((context) -> assertThat(warnings(output)).isEmpty());
	}

	@Test
	void startWhenAnnotationCannotBeReadThenOthersAre(CapturedOutput output) {
		application().withUserConfiguration(BrokenTemplate.class, Templates.class, Misspelt.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(warnings(output)).singleElement().asString().contains("EDIT_ITMES");
		});
	}

	@Test
	void startWhenAnnotationIsATemplateThenItsNameCounts(CapturedOutput output) {
		application().withUserConfiguration(Template.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(warnings(output)).singleElement()
				.asString()
				.contains("'Edit Itmes' in @RequiresPermission of Template.edit", "Did you mean 'Edit Items'?");
		});
	}

	@Test
	void startThenNoBeanIsCreatedForIt() {
		application().withUserConfiguration(Misspelt.class)
			.withPropertyValues("spring.main.lazy-initialization=true")
			.withInitializer((context) -> context.addBeanFactoryPostProcessor((beans) -> {
				for (String name : beans.getBeanDefinitionNames()) {
					if (name.contains("isspelt")) {
						beans.getBeanDefinition(name).setLazyInit(true);
					}
				}
			}))
			.run((context) -> assertThat(
					context.getBeanFactory().containsSingleton(context.getBeanNamesForType(Misspelt.class)[0]))
				.isFalse());
	}

	@Test
	void loginWhenUltraCartDoesNotListNameThenToldOnce(CapturedOutput output) {
		application().withUserConfiguration(NotListed.class)
			.withPropertyValues("ultracart.sso.authorities.roles.CLERK=group:Wharehouse,Edit Catalog")
			.run((context) -> {
				String atStart = "'ROLE_EDITITEMS' in @Secured of NotListed.edit is not known as a name that UltraCart has. Did you mean"
						+ " hasRole('EDIT_ITEMS') of the permission 'Edit Items'? What no user has denies everyone.";
				assertThat(warnings(output)).containsExactly(atStart);
				TestBrowser browser = new TestBrowser(context);
				browser.signIn(this.ultraCart);
				assertThat(warnings(output)).containsExactlyInAnyOrder(
						"'group:Wharehouse' in ultracart.sso.authorities.roles.CLERK belongs to none of the 2 permissions"
								+ " and 1 group that UltraCart lists. Did you mean 'group:Warehouse'?"
								+ " A name that UltraCart does not list grants nothing.",
						"'Edit Catalog' in ultracart.sso.authorities.roles.CLERK belongs to none of the 2 permissions"
								+ " and 1 group that UltraCart lists."
								+ " A name that UltraCart does not list grants nothing.",
						"hasRole('MANAGER') in @PreAuthorize of NotListed.manage belongs to none of the 2 permissions"
								+ " and 1 group that UltraCart lists. What no user has denies everyone.",
						"hasRole('WAREHOUSE') in @PreAuthorize of NotListed.pack belongs to none of the 2 permissions"
								+ " and 1 group that UltraCart lists. Did you mean hasAuthority('GROUP_WAREHOUSE') of the"
								+ " group 'Warehouse'? What no user has denies everyone.",
						atStart);
				browser.forgetEverything();
				browser.signIn(this.ultraCart);
				assertThat(warnings(output)).hasSize(5);
			});
	}

	@Test
	void requestWhenRuleDeniesByMisspeltNameThenToldOnce(CapturedOutput output) {
		application().withUserConfiguration(MisspeltRule.class).run((context) -> {
			TestBrowser browser = new TestBrowser(context);
			browser.signIn(this.ultraCart);
			assertThat(browser.navigate("/items")).hasStatus(403);
			assertThat(browser.navigate("/items")).hasStatus(403);
			assertThat(warnings(output)).singleElement()
				.asString()
				.startsWith("hasRole('VIEW_ITMES') in a rule that has denied a request belongs to none")
				.contains("Did you mean hasRole('VIEW_ITEMS') of the permission 'View Items'?");
		});
	}

	@Test
	void requestWhenRuleDeniesByNameOfPermissionThenNothingIsSaid(CapturedOutput output) {
		application().withUserConfiguration(RightRule.class).run((context) -> {
			TestBrowser browser = new TestBrowser(context);
			browser.signIn(this.ultraCart);
			assertThat(browser.navigate("/items")).hasStatus(403);
			assertThat(warnings(output)).isEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(classes = { OwnMapper.class, MapperOfTheChain.class, AddingMapper.class, Hierarchy.class,
			FormLoginToo.class, RememberMeToo.class, DigestToo.class, SwitchUserToo.class, FilterToo.class,
			AnonymousWithRole.class })
	void loginWhenAuthorityMayComeFromElsewhereThenNothingIsSaid(Class<?> configuration, CapturedOutput output) {
		application().withUserConfiguration(NotFromUltraCart.class, configuration).run((context) -> {
			new TestBrowser(context).signIn(this.ultraCart);
			assertThat(warnings(output)).isEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(classes = { AddingMapper.class, FormLoginToo.class })
	void loginWhenSimilarNameMayComeFromElsewhereThenSaidWithCaution(Class<?> configuration, CapturedOutput output) {
		application().withUserConfiguration(Misspelt.class, configuration).run((context) -> {
			assertThat(warnings(output)).isEmpty();
			new TestBrowser(context).signIn(this.ultraCart);
			assertThat(warnings(output)).singleElement()
				.asString()
				.contains("Did you mean hasRole('EDIT_ITEMS')")
				.endsWith("If another login or a mapper of the application grants it, ignore this.");
		});
	}

	@Test
	void startWhenMisspeltNameIsNegatedThenToldThatItGrantsEveryone(CapturedOutput output) {
		application().withUserConfiguration(Negated.class)
			.run((context) -> assertThat(warnings(output)).singleElement()
				.asString()
				.startsWith("!hasRole('EDIT_ITMES') in @PreAuthorize of Negated.view")
				.endsWith("Where users must not have what no user has, everyone is granted access."));
	}

	@Test
	void denialWhenNotSignedInThenExpressionIsNotRead(CapturedOutput output) {
		application().withUserConfiguration(DeniedToStrangers.class).run((context) -> {
			TestBrowser browser = new TestBrowser(context);
			browser.signIn(this.ultraCart);
			browser.forgetEverything();
			browser.fetch("/items");
			assertThat(warnings(output)).isEmpty();
			browser.signIn(this.ultraCart);
			browser.fetch("/items");
			assertThat(warnings(output)).singleElement().asString().contains("VIEW_ITMES");
		});
	}

	@Test
	void loginWhenAuthorityComesFromNowhereThenTold(CapturedOutput output) {
		application().withUserConfiguration(NotFromUltraCart.class).run((context) -> {
			new TestBrowser(context).signIn(this.ultraCart);
			assertThat(warnings(output)).singleElement().asString().startsWith("hasRole('STAFF') in");
		});
	}

	@Test
	void startWhenPrefixOfRolesIsSetThenItIsThatOfHasRole(CapturedOutput output) {
		application().withUserConfiguration(Right.class, OtherPrefix.class).run((context) -> {
			new TestBrowser(context).signIn(this.ultraCart);
			assertThat(warnings(output)).isEmpty();
		});
	}

	@Test
	void loginWhenNamesOfUltraCartHaveControlCharactersThenNotInLog(CapturedOutput output) {
		this.ultraCart.given(WireMock.get(TestUltraCart.USER), WireMock.okJson("""
				{ "user_id": 17, "login": "jane",
				  "permissions": [ { "permission_Name": "Sell\\r\\nWARN forged", "selected": true } ] }"""));
		application().withPropertyValues("ultracart.sso.authorities.roles.CLERK=Sell WARN forget").run((context) -> {
			new TestBrowser(context).signIn(this.ultraCart);
			assertThat(warnings(output)).singleElement().asString().contains("Did you mean 'Sell WARN forged'?");
			assertThat(output.getAll()).doesNotContainPattern("(?m)^WARN forged");
		});
	}

	@Test
	void startWhenBeanIsBehindItsInterfaceThenItsAnnotationsAreReadToo(CapturedOutput output) {
		application().withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class))
			.withPropertyValues("spring.aop.proxy-target-class=false")
			.withUserConfiguration(BehindInterface.class)
			.run((context) -> {
				assertThat(AopUtils.isJdkDynamicProxy(context.getBean(Runnable.class))).isTrue();
				assertThat(warnings(output)).singleElement().asString().contains("EDIT_ITMES", "BehindInterface.run");
			});
	}

	@Test
	void loginWhenSeveralRegistrationsThenToldWhereNameWasLookedFor(CapturedOutput output) {
		application().withUserConfiguration(SeveralMerchants.class).run((context) -> {
			PermissionCatalogue catalogue = context.getBean(PermissionCatalogue.class);
			catalogue.learn(listing("Pack Orders", "EDIT_ITEMS"), merchant("second"));
			new TestBrowser(context).signIn(this.ultraCart);
			assertThat(warnings(output))
				.containsExactly("'Pakc Orders' in @RequiresPermission of SeveralMerchants.misspelt"
						+ " belongs to none of the 4 permissions and 1 group that UltraCart lists for users of the"
						+ " registrations 'second', 'ultracart'. Did you mean 'Pack Orders'? What no user has denies everyone.");
		});
	}

	@Test
	void loginWhenRegistrationHasAnotherNameThenToldWhichNamesAreListedThere(CapturedOutput output) {
		application().withUserConfiguration(NotFromUltraCart.class).run((context) -> {
			PermissionCatalogue catalogue = context.getBean(PermissionCatalogue.class);
			catalogue.learn(listing("Pack Orders"), merchant("second"));
			context.publishEvent(
					new AuthenticationSuccessEvent(new UltraCartAuthenticationToken(merchant("second"), List.of())));
			assertThat(warnings(output)).singleElement()
				.asString()
				.contains(
						"of the 1 permission and 0 groups that UltraCart lists for users of the registration 'second'.");
		});
	}

	private static UltraCartUser merchant(String registrationId) {
		return UltraCartUser.with(3, "joe").registrationId(registrationId).build();
	}

	private static io.github.ultracartsso.client.User listing(String... permissions) {
		return new io.github.ultracartsso.client.User(3, "joe", null, null,
				Stream.of(permissions).map((name) -> new Permission(null, name, false)).toList(), List.of());
	}

	@Test
	void warningWhenGivenThenRemembered() {
		application().withUserConfiguration(Misspelt.class)
			.run((context) -> assertThat(context.getBean(UltraCartSsoWarnings.class).given())
				.extracting(UltraCartSsoWarnings.Warning::message)
				.anyMatch((message) -> message.startsWith("hasRole('EDIT_ITMES')")));
	}

	private WebApplicationContextRunner application() {
		return TestApplication.calling(this.ultraCart);
	}

	private static List<String> warnings(CapturedOutput output) {
		return Pattern.compile("(?m)WARN.*PermissionNameCheck\\s*(?:--|:)\\s*(.*)$")
			.matcher(output.getAll())
			.results()
			.map((match) -> match.group(1).strip())
			.toList();
	}

	@Component
	static class Misspelt {

		@PreAuthorize("isAuthenticated() and hasRole('EDIT_ITMES')")
		public void edit() {
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@PreAuthorize("hasRole('{value}')")
	@interface MayUse {

		Class<?>[] types() default {};

		String value();

	}

	@Retention(RetentionPolicy.RUNTIME)
	@RequiresPermission("{value}")
	@interface May {

		String value();

	}

	@Component
	static class BrokenTemplate {

		@MayUse(value = "EDIT_ITEMS", types = String.class)
		public void edit() {
		}

	}

	@Component
	static class Template {

		@May("Edit Itmes")
		public void edit() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Templates {

		@Bean
		static AnnotationTemplateExpressionDefaults templates() {
			return new AnnotationTemplateExpressionDefaults();
		}

	}

	@Component
	static class BehindInterface implements Runnable {

		@Override
		@PreAuthorize("hasRole('EDIT_ITMES')")
		public void run() {
		}

	}

	@Component
	static class SeveralMerchants {

		@RequiresPermission("Pack Orders")
		public void pack() {
		}

		@PreAuthorize("hasRole('EDIT_ITEMS') or hasRole('PACK_ORDERS')")
		public void edit() {
		}

		@RequiresPermission("Pakc Orders")
		public void misspelt() {
		}

	}

	@Component
	@PreAuthorize("hasAuthority('VIEW_ITEMS')")
	static class WithoutPrefix {

		public void view() {
		}

	}

	@Component
	static class ByAnnotation {

		@RequiresPermission(anyOf = { "EDIT_ITEMS", "View Items" })
		@RequiresGroup("Wharehouse")
		public void edit() {
		}

	}

	@Component
	static class ByExpression {

		@PreAuthorize("@ultraCart.hasPermission('EDIT_ITEMS') && @ultraCart.hasAnyGroup('Wharehouse', 'Warehouse')")
		public void edit() {
		}

	}

	@Component
	static class Right {

		@RequiresPermission("Edit Items")
		@RequiresGroup("Warehouse")
		public void sell() {
		}

		@PreAuthorize("hasRole('VIEW_ITEMS') or hasAnyAuthority('GROUP_WAREHOUSE', 'FACTOR_PASSWORD')")
		public void view() {
		}

		@PreAuthorize("hasRole('ULTRACART_USER') and @own.mayEdit('Items') and hasPermission('a', 'b')")
		public void edit() {
		}

		@PreAuthorize("hasRole(")
		public void broken() {
		}

	}

	@Component
	static class NotListed {

		@PreAuthorize("hasRole('MANAGER')")
		public void manage() {
		}

		@PreAuthorize("hasRole('WAREHOUSE')")
		public void pack() {
		}

		@Secured("ROLE_EDITITEMS")
		public void edit() {
		}

		@PreAuthorize("hasRole('CLERK')")
		public void sell() {
		}

	}

	@Component
	static class NotFromUltraCart {

		@PreAuthorize("hasRole('STAFF')")
		public void work() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherPrefix {

		@Bean
		static GrantedAuthorityDefaults grantedAuthorityDefaults() {
			return new GrantedAuthorityDefaults("MAY_");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnMapper {

		@Bean
		UltraCartAuthoritiesMapper authoritiesMapper() {
			return (user) -> AuthorityUtils.createAuthorityList("ROLE_OTHER");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AddingMapper {

		@Bean
		UltraCartAuthoritiesMapper authoritiesMapper(PermissionAuthoritiesMapper permissions) {
			return permissions.plus((user) -> AuthorityUtils.createAuthorityList("ROLE_OTHER"));
		}

	}

	@Component
	static class Negated {

		@PreAuthorize("isAuthenticated() and !hasRole('EDIT_ITMES')")
		public void view() {
		}

	}

	private static SecurityFilterChain chain(HttpSecurity http, Customizer<HttpSecurity> customizer) {
		http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
		customizer.customize(http);
		return http.with(ultraCartLogin(), withDefaults()).build();
	}

	@Configuration(proxyBeanMethods = false)
	static class DeniedToStrangers {

		@Bean
		SecurityFilterChain filterChain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest()
				.access(new WebExpressionAuthorizationManager("hasRole('VIEW_ITMES')")));
			return http.with(ultraCartLogin(), withDefaults()).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MapperOfTheChain {

		@Bean
		SecurityFilterChain filterChain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			return http.with(ultraCartLogin(), (login) -> login.userEndpoint((endpoint) -> endpoint
				.authoritiesMapper((user) -> AuthorityUtils.createAuthorityList("ROLE_OTHER")))).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RememberMeToo {

		@Bean
		SecurityFilterChain filterChain(HttpSecurity http) {
			return chain(http, (chain) -> chain
				.rememberMe((rememberMe) -> rememberMe.userDetailsService((name) -> User.withUsername(name).build())));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class DigestToo {

		@Bean
		SecurityFilterChain filterChain(HttpSecurity http) {
			DigestAuthenticationEntryPoint entryPoint = new DigestAuthenticationEntryPoint();
			entryPoint.setKey("key");
			DigestAuthenticationFilter filter = new DigestAuthenticationFilter();
			filter.setAuthenticationEntryPoint(entryPoint);
			filter.setUserDetailsService((name) -> User.withUsername(name).build());
			return chain(http, (chain) -> chain.addFilter(filter));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SwitchUserToo {

		@Bean
		SecurityFilterChain filterChain(HttpSecurity http) {
			SwitchUserFilter filter = new SwitchUserFilter();
			filter.setUserDetailsService((name) -> User.withUsername(name).build());
			filter.setTargetUrl("/");
			return chain(http, (chain) -> chain.addFilter(filter));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FilterToo {

		@Bean
		SecurityFilterChain filterChain(HttpSecurity http) {
			return chain(http, (chain) -> chain
				.addFilterBefore((request, response, next) -> next.doFilter(request, response), LogoutFilter.class));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AnonymousWithRole {

		@Bean
		SecurityFilterChain filterChain(HttpSecurity http) {
			return chain(http, (chain) -> chain.anonymous((anonymous) -> anonymous.authorities("ROLE_STAFF")));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Hierarchy {

		@Bean
		static RoleHierarchy roleHierarchy() {
			return RoleHierarchyImpl.withDefaultRolePrefix().role("EDIT_ITEMS").implies("STAFF").build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FormLoginToo {

		@Bean
		SecurityFilterChain filterChain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			return http.with(ultraCartLogin(), withDefaults()).formLogin(withDefaults()).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MisspeltRule {

		@Bean
		SecurityFilterChain filterChain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().hasRole("VIEW_ITMES"));
			return http.with(ultraCartLogin(), withDefaults()).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RightRule {

		@Bean
		SecurityFilterChain filterChain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().hasRole("EDIT_ITEMS"));
			return http.with(ultraCartLogin(), withDefaults()).build();
		}

	}

}
