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
package io.github.ultracartsso.web.signin;

import java.util.Locale;

import io.github.ultracartsso.web.TestRequests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.StaticMessageSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What an application can make of the sign-in page: its name, its logo and its language.
 */
class SignInPageTests {

	private final UltraCartSignInPageFilter filter = new UltraCartSignInPageFilter(
			PathPatternRequestMatcher.pathPattern("/login"), "/ultracart/authorize", "/");

	private final StaticMessageSource messages = new StaticMessageSource();

	private final MockHttpServletRequest request = TestRequests.navigation("/login");

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	@AfterEach
	void resetLocale() {
		LocaleContextHolder.resetLocaleContext();
	}

	@Test
	void pageWhenNameAndLogoThenShown() throws Exception {
		this.filter.setSettings(new SignInPageSettings("Back Office", "/logo.svg"));
		this.request.setContextPath("/shop");
		this.request.setRequestURI("/shop/login");
		assertThat(page()).contains("<title>Sign in to Back Office</title>")
			.contains("<h1>Sign in to Back Office</h1>")
			.contains("<img class=\"logo\" src=\"/shop/logo.svg\" alt=\"\">")
			.contains("<html lang=\"en\">");
	}

	@ParameterizedTest
	@CsvSource({ "/logo.svg, '''self'''", "/img/logo.png?v=2, '''self'''",
			"https://cdn.example.com/a/logo.svg, https://cdn.example.com",
			"https://cdn.example.com:8443/logo.svg?x=1, https://cdn.example.com:8443",
			"http://localhost:8080/logo.svg, http://localhost:8080" })
	void pageWhenLogoThenPolicyAllowsImagesOfItsOriginAndNothingElse(String logoUrl, String source) throws Exception {
		this.filter.setSettings(new SignInPageSettings(null, logoUrl));
		page();
		assertThat(this.response.getHeader("Content-Security-Policy"))
			.startsWith("default-src 'none'; style-src 'sha256-")
			.endsWith("; img-src " + source + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "logo.svg", "//evil.example.com/logo.svg", "javascript:alert(1)", "data:image/png,x",
			"https:///logo.svg", "https://user:pw@example.com/logo.svg", "https://a b/logo.svg",
			"https://example.com;script-src *" })
	void settingsWhenLogoIsNeitherPathNorUrlThenRejected(String logoUrl) {
		assertThatIllegalArgumentException().isThrownBy(() -> new SignInPageSettings(null, logoUrl));
	}

	@Test
	void pageWhenNameNeedsEscapingThenEscaped() throws Exception {
		this.filter.setSettings(new SignInPageSettings("<b>\"O'Brien\" & Co {0} {{message}} {{startUrl}}", null));
		assertThat(page())
			.contains("<h1>Sign in to &lt;b&gt;&quot;O&#39;Brien&quot; &amp; Co {0} {{message}} {{startUrl}}</h1>");
	}

	@Test
	void pageWhenNameIsLongOrHasControlCharactersThenCutAndCleaned() throws Exception {
		this.filter.setSettings(new SignInPageSettings("Back\r\nOffice\u202e" + "x".repeat(5000), null));
		assertThat(page()).contains("<h1>Sign in to Back Office x")
			.doesNotContain("\u202e")
			.doesNotContain("x".repeat(100));
	}

	@Test
	void pageWhenApplicationHasTextsInLanguageOfBrowserThenInThatLanguage() throws Exception {
		german();
		this.filter.setSettings(new SignInPageSettings("Lager", null));
		this.request.addPreferredLocale(Locale.GERMANY);
		this.request.setParameter("error", "denied");
		assertThat(page()).contains("<html lang=\"de-DE\">")
			.contains("<h1>Bei Lager anmelden</h1>")
			.contains(">Mit UltraCart anmelden</a>")
			.contains("Die Anmeldung wurde abgebrochen &lt;leider&gt;.");
	}

	@Test
	void pageWhenApplicationLacksATextThenThatOneIsEnglish() throws Exception {
		german();
		this.request.addPreferredLocale(Locale.GERMANY);
		this.request.setParameter("logout", "");
		assertThat(page()).contains(">Mit UltraCart anmelden</a>").contains("You have been signed out.");
	}

	@Test
	void pageWhenApplicationLacksTheLanguageThenEnglish() throws Exception {
		german();
		this.request.addPreferredLocale(Locale.FRANCE);
		assertThat(page()).contains("<html lang=\"en\">").contains(">Sign in with UltraCart</a>");
	}

	@Test
	void pageWhenFilterOfApplicationHasChosenLanguageThenInThat() throws Exception {
		german();
		LocaleContextHolder.setLocale(Locale.GERMANY);
		this.request.addPreferredLocale(Locale.FRANCE);
		assertThat(page()).contains("<html lang=\"de-DE\">");
	}

	@Test
	void pageWhenResolverOfLanguageThenThatDecides() throws Exception {
		german();
		this.filter.setLocaleResolver((request) -> Locale.GERMANY);
		LocaleContextHolder.setLocale(Locale.ITALY);
		this.request.addPreferredLocale(Locale.FRANCE);
		assertThat(page()).contains("<html lang=\"de-DE\">").contains(">Mit UltraCart anmelden</a>");
	}

	@Test
	void pageWhenTextsNameTheirLanguageThenThat() throws Exception {
		this.messages.addMessage("ultracart.sso.sign-in.language", Locale.ENGLISH, "en-GB");
		assertThat(page()).contains("<html lang=\"en-GB\">");
		this.messages.addMessage("ultracart.sso.sign-in.language", Locale.ENGLISH, "\"><script>");
		assertThat(page()).doesNotContain("<script");
	}

	@Test
	void pageWhenTextIsMalformedThenTheEnglishOne() throws Exception {
		this.messages.addMessage("ultracart.sso.sign-in.title-with-name", Locale.ENGLISH, "Sign in to {0");
		this.filter.setSettings(new SignInPageSettings("Lager", null));
		assertThat(page()).contains("<h1>Sign in to Lager</h1>");
	}

	@Test
	void pageWhenSourceReturnsCodesForMissingTextsThenEnglish() throws Exception {
		this.messages.setUseCodeAsDefaultMessage(true);
		assertThat(page()).contains("<h1>Sign in</h1>").contains("<html lang=\"en\">");
	}

	@Test
	void pageWhenThereAreOtherLoginsThenLinksToThem() throws Exception {
		assertThat(page()).doesNotContain("Sign in another way");
		this.filter.setOtherLoginPage("/other?a=1&b=2");
		assertThat(page()).contains("href=\"/ultracart/authorize\"")
			.contains("<a id=\"other-ways\" href=\"/other?a=1&amp;b=2\">Sign in another way</a>");
	}

	private void german() {
		this.messages.addMessage("ultracart.sso.sign-in.title-with-name", Locale.GERMANY, "Bei {0} anmelden");
		this.messages.addMessage("ultracart.sso.sign-in.title", Locale.GERMANY, "Anmelden");
		this.messages.addMessage("ultracart.sso.sign-in.action", Locale.GERMANY, "Mit UltraCart anmelden");
		this.messages.addMessage("ultracart.sso.sign-in.error.denied", Locale.GERMANY,
				"Die Anmeldung wurde abgebrochen <leider>.");
	}

	private String page() throws Exception {
		this.filter.setMessageSource(this.messages);
		this.response.reset();
		this.filter.doFilter(this.request, this.response, new MockFilterChain());
		return this.response.getContentAsString();
	}

}
