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

import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.web.PageTexts;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;

/**
 * Texts of the sign-in page in the language of a browser: those of the application's
 * {@link MessageSource}, else English ones. For an error, the text says what happened and
 * what the user can do.
 */
final class SignInMessages {

	private static final String PREFIX = "ultracart.sso.sign-in.";

	private static final String ACTION = "action";

	private static final String UNKNOWN_ADDRESS = "You cannot sign in to this application under the address {0}."
			+ " Please open it under the address that its administrator has given you.";

	/**
	 * What only a developer or operator can do about it.
	 */
	private static final String UNKNOWN_ADDRESS_IN_DEVELOPMENT = UNKNOWN_ADDRESS
			+ " For developers: a login needs https, or localhost on the machine of the application. To sign in here"
			+ " nevertheless, add {1} to ultracart.sso.development.plain-http-hosts. The log of the application says"
			+ " more.";

	private final PageTexts texts;

	SignInMessages(@Nullable MessageSource messageSource) {
		this.texts = new PageTexts(PREFIX, messageSource);
	}

	String title(Locale locale, @Nullable String applicationName) {
		return (applicationName != null) ? text(locale, "title-with-name", "Sign in to {0}", applicationName)
				: text(locale, "title", "Sign in");
	}

	String introduction(Locale locale) {
		return text(locale, "introduction", "This application uses your UltraCart login.");
	}

	String action(Locale locale) {
		return text(locale, ACTION, "Sign in with UltraCart");
	}

	String otherWays(Locale locale) {
		return text(locale, "other-ways", "Sign in another way");
	}

	String signedIn(Locale locale) {
		return text(locale, "signed-in", "You are signed in: continue");
	}

	String signedOut(Locale locale) {
		return text(locale, "signed-out", "You have been signed out.");
	}

	String unknownAddress(Locale locale, String address) {
		return text(locale, "error.unknown-address", UNKNOWN_ADDRESS, address);
	}

	String unknownAddressInDevelopment(Locale locale, String address, String host) {
		return text(locale, "error.unknown-address-in-development", UNKNOWN_ADDRESS_IN_DEVELOPMENT, address, host);
	}

	String error(Locale locale, @Nullable UltraCartLoginError error) {
		return (error != null) ? text(locale, "error." + error.code(), english(error))
				: text(locale, "error", "The sign-in did not succeed. Please try again.");
	}

	private static String english(UltraCartLoginError error) {
		return switch (error) {
			case DENIED -> "The sign-in was cancelled, or you are not allowed to use this application.";
			case EXPIRED -> "The sign-in took too long. Please start again.";
			case UNKNOWN_STATE -> "This sign-in was not started in this browser, or was used already."
					+ " Please start again, and allow cookies for this site.";
			case INVALID_RESPONSE -> "The response from UltraCart could not be understood. Please start again.";
			case INVALID_CODE -> "UltraCart did not accept this sign-in. Please start again.";
			case APPLICATION_REJECTED -> "UltraCart does not accept this application's key."
					+ " Please contact the administrator of this application.";
			case APPLICATION_DISABLED -> "UltraCart has disabled this application. Please contact its administrator.";
			case BUSY -> "Too many people are signing in at the moment. Please try again in a little while.";
			case UNAVAILABLE -> "UltraCart cannot be reached at the moment. Please try again in a little while.";
			case IP_MISMATCH -> "Your network address has changed since you signed in. Please sign in again.";
			case SESSION_ENDED -> "Your session has ended, or did not last. Please sign in again. If that does"
					+ " not help, allow cookies for this site, or contact the administrator of this application.";
		};
	}

	String language(Locale locale) {
		return this.texts.language(locale, ACTION);
	}

	private String text(Locale locale, String code, String english, Object... arguments) {
		return this.texts.text(locale, code, english, arguments);
	}

}
