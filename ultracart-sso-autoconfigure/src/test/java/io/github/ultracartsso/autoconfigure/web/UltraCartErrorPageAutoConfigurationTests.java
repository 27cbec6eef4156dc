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

package io.github.ultracartsso.autoconfigure.web;

import java.util.Locale;
import java.util.Objects;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.ultracartsso.authorization.RequiresPermission;
import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.TestBrowser;
import io.github.ultracartsso.autoconfigure.TestUltraCart;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.support.RequestContextUtils;
import org.springframework.web.servlet.view.BeanNameViewResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UltraCartErrorPageAutoConfiguration} and what users see who are denied
 * access.
 */
@ExtendWith(OutputCaptureExtension.class)
class UltraCartErrorPageAutoConfigurationTests {

	@RegisterExtension
	final TestUltraCart ultraCart = new TestUltraCart();

	@BeforeEach
	void listGroup() {
		this.ultraCart.given(WireMock.get(TestUltraCart.USER), WireMock.okJson("""
				{ "user_id": 17, "login": "jane",
				  "permissions": [ { "permission_Name": "View Items", "selected": true },
				    { "permission_Name": "Delete Items", "selected": false } ],
				  "groups": [ { "group_oid": 1, "name": "Night", "member": false } ] }"""));
	}

	private WebApplicationContextRunner application() {
		return TestApplication.calling(this.ultraCart)
			.withUserConfiguration(Items.class)
			.withPropertyValues("ultracart.sso.authorities.roles.SHIPPER=Delete Items,group:Night,Unlisted");
	}

	private TestBrowser signedIn(WebApplicationContext context) {
		TestBrowser browser = new TestBrowser(context);
		browser.signIn(this.ultraCart);
		return browser;
	}

	@Test
	void pageWhenNoneOfTheApplicationThenNamesWhatIsMissing() {
		application().run((context) -> {
			TestBrowser browser = signedIn(context);
			MvcTestResult denied = browser.navigate("/delete");
			assertThat(denied).hasStatus(403);
			assertThat(denied.getResponse().getErrorMessage()).isEqualTo("Forbidden");
			assertThat(browser.errorPage(denied)).hasStatus(403)
				.hasHeader("Cache-Control", "no-store")
				.bodyText()
				.contains("<h1>Access denied</h1>", "the permission &ldquo;Delete Items&rdquo;")
				.doesNotContain("Whitelabel");
		});
	}

	@Test
	void pageWhenDefaultPageIsOffAndNoneOfTheApplicationThenNamesWhatIsMissing() {
		application()
			.withPropertyValues("spring.web.error.whitelabel.enabled=false", "server.error.whitelabel.enabled=false")
			.run((context) -> {
				TestBrowser browser = signedIn(context);
				assertThat(browser.errorPage(browser.navigate("/delete"))).hasStatus(403)
					.bodyText()
					.contains("the permission &ldquo;Delete Items&rdquo;");
			});
	}

	@Test
	void pagesWhenApplicationHasTextsThenInLanguageThatItsUserHasChosen() {
		TestApplication.withEverything(this.ultraCart)
			.withUserConfiguration(Items.class, Languages.class)
			.withPropertyValues("spring.messages.basename=languages/messages",
					"spring.messages.fallback-to-system-locale=false", "spring.application.name=Lager",
					"ultracart.sso.authorities.roles.SHIPPER=Delete Items,group:Night,Unlisted")
			.run((context) -> {
				TestBrowser browser = signedIn(context);
				assertThat(browser.errorPage(browser.navigate("/delete"))).bodyText()
					.contains("<h1>Access denied</h1>");
				browser.navigate("/language?tag=de");
				assertThat(browser.errorPage(browser.navigate("/delete"))).hasStatus(403)
					.bodyText()
					.contains("<html lang=\"de\">", "<h1>Kein Zugriff</h1>",
							"Bei UltraCart brauchen Sie das Recht &bdquo;Delete Items&ldquo;.", "Zur Startseite");
				assertThat(browser.fetch("/delete")).bodyJson()
					.extractingPath("detail")
					.isEqualTo("Bei UltraCart brauchen Sie das Recht „Delete Items“.");
				assertThat(browser.errorPage(browser.navigate("/role"))).bodyText()
					.contains("das Recht &bdquo;Delete Items&ldquo; oder die Gruppe &bdquo;Night&ldquo; oder");
				browser.signOut();
				assertThat(browser.navigate("/login?logout=")).bodyText()
					.contains("<html lang=\"de\">", "<h1>Bei Lager anmelden</h1>", "Sie sind abgemeldet.");
			});
	}

	@Test
	void pageWhenLanguageIsFixedThenInThat() {
		TestApplication.withEverything(this.ultraCart)
			.withPropertyValues("spring.messages.basename=languages/messages", "spring.web.locale=de",
					"spring.web.locale-resolver=fixed")
			.run((context) -> assertThat(new TestBrowser(context).navigate("/login")).bodyText()
				.contains("<h1>Anmelden</h1>"));
	}

	@Test
	void pageWhenOtherErrorThenSpringBootsOwn() {
		application().run((context) -> {
			TestBrowser browser = signedIn(context);
			assertThat(browser.errorPage(browser.navigate("/unknown"))).hasStatus(404)
				.bodyText()
				.contains("Whitelabel");
		});
	}

	@Test
	void pageWhenViewOfTheApplicationForAllErrorsThenThat() {
		application()
			.withBean("error", View.class,
					() -> (model, request, response) -> response.getWriter()
						.print("own page: " + request.getAttribute("ultraCartAccessDenied")))
			.withBean(BeanNameViewResolver.class, UltraCartErrorPageAutoConfigurationTests::firstViewResolver)
			.run((context) -> {
				TestBrowser browser = signedIn(context);
				assertThat(browser.errorPage(browser.navigate("/delete"))).bodyText()
					.startsWith("own page: ")
					.doesNotContain("null");
			});
	}

	private static BeanNameViewResolver firstViewResolver() {
		BeanNameViewResolver resolver = new BeanNameViewResolver();
		resolver.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return resolver;
	}

	@Test
	void pageWhenStaticPageOfTheApplicationForTheStatusThenThat() {
		application().withPropertyValues("spring.web.resources.static-locations=classpath:/own-error-pages/")
			.run((context) -> {
				TestBrowser browser = signedIn(context);
				assertThat(browser.errorPage(browser.navigate("/delete"))).bodyText().contains("own page for 403");
			});
	}

	@Test
	void pageWhenWithoutErrorHandlingOfSpringBootThenSentAtOnce() {
		WebApplicationContextRunner runner = TestApplication.without(UltraCartErrorPageAutoConfiguration.class)
			.withPropertyValues("ultracart.sso.simple-key=" + TestApplication.KEY,
					"ultracart.sso.base-url=" + this.ultraCart.baseUrl())
			.withUserConfiguration(Items.class);
		runner.run((context) -> assertThat(signedIn(context).navigate("/delete")).hasStatus(403)
			.bodyText()
			.contains("the permission &ldquo;Delete Items&rdquo;"));
	}

	@Test
	void problemWhenScriptThenNamesWhatIsMissing() {
		application().run((context) -> {
			TestBrowser browser = signedIn(context);
			assertThat(browser.fetch("/delete")).hasStatus(403)
				.hasContentType("application/problem+json")
				.bodyText()
				.contains("\"missing\":[\"Delete Items\"]");
			assertThat(browser.fetch("/role")).bodyText()
				.contains("\"missing\":[\"Delete Items\",\"group:Night\",\"Unlisted\"]");
		});
	}

	@Test
	void logWhenDeniedThenOneLineForTheOperator(CapturedOutput output) {
		application().run((context) -> {
			TestBrowser browser = signedIn(context);
			browser.fetch("/delete");
			browser.fetch("/delete");
			assertThat(output).containsOnlyOnce("was denied GET /delete: missing [Delete Items]");
			browser.fetch("/misspelt");
			assertThat(output).containsOnlyOnce("was denied GET /misspelt").contains("DELETE_ITMES");
		});
	}

	@Test
	void explainWhenOffThenNothingIsTold() {
		application().withPropertyValues("ultracart.sso.access-denied.explain=false").run((context) -> {
			TestBrowser browser = signedIn(context);
			assertThat(browser.fetch("/delete")).hasStatus(403).body().isEmpty();
			assertThat(browser.errorPage(browser.navigate("/delete"))).bodyText()
				.contains("Whitelabel")
				.doesNotContain("Delete Items");
		});
	}

	@Test
	void adviceWhenOfTheApplicationThenThatResponds() {
		application().withUserConfiguration(OwnAdvice.class)
			.run((context) -> assertThat(signedIn(context).fetch("/delete")).bodyText().isEqualTo("own advice"));
	}

	@Test
	void strangerThenLearnsNothing() {
		application().withPropertyValues("ultracart.sso.permit-all=/delete").run((context) -> {
			TestBrowser browser = new TestBrowser(context);
			assertThat(browser.fetch("/delete")).hasStatus(401).bodyText().doesNotContain("Delete Items");
			assertThat(browser.navigate("/delete")).hasStatus(302);
		});
	}

	@Configuration(proxyBeanMethods = false)
	@RestController
	static class Items {

		@GetMapping("/delete")
		@RequiresPermission("Delete Items")
		String delete() {
			return "deleted";
		}

		@GetMapping("/role")
		@PreAuthorize("hasRole('SHIPPER')")
		String ship() {
			return "shipped";
		}

		@GetMapping("/misspelt")
		@PreAuthorize("hasAuthority('DELETE_ITMES')")
		String misspelt() {
			return "deleted";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@RestController
	static class Languages {

		@Bean
		LocaleResolver localeResolver() {
			CookieLocaleResolver resolver = new CookieLocaleResolver("language");
			resolver.setDefaultLocale(Locale.ENGLISH);
			return resolver;
		}

		@GetMapping("/language")
		String choose(String tag, HttpServletRequest request, HttpServletResponse response) {
			Objects.requireNonNull(RequestContextUtils.getLocaleResolver(request))
				.setLocale(request, response, Locale.forLanguageTag(tag));
			return tag;
		}

	}

	@ControllerAdvice
	static class OwnAdvice {

		@ExceptionHandler(AccessDeniedException.class)
		@ResponseBody
		String denied() {
			return "own advice";
		}

	}

}
