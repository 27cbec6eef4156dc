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

package io.github.ultracartsso.web.access;

import java.util.List;
import java.util.Locale;

import io.github.ultracartsso.authorization.UltraCartAuthorizationDecision;
import io.github.ultracartsso.client.LogText;
import io.github.ultracartsso.web.PageTexts;
import org.jspecify.annotations.Nullable;

/**
 * What a user is told who was denied access. A page of the application for the status 403
 * finds it in the request attribute {@value #ATTRIBUTE}. The texts have the codes
 * {@code ultracart.sso.access-denied.*} in the application's message source. They are
 * plain, so a page has to escape them.
 *
 * @since 0.1
 */
public final class AccessDeniedExplanation {

	/**
	 * Name of the request attribute.
	 */
	public static final String ATTRIBUTE = "ultraCartAccessDenied";

	private static final String GROUP_REFERENCE = "group:";

	private static final String TITLE = "title";

	private static final int MAX_NAMES = 10;

	private static final int MAX_NAME_LENGTH = 100;

	private final List<String> missing;

	private final boolean anyEnough;

	private final boolean allRequired;

	private final PageTexts texts;

	private final Locale locale;

	AccessDeniedExplanation(UltraCartAuthorizationDecision decision, PageTexts texts, Locale locale) {
		this.missing = decision.getMissing()
			.stream()
			.limit(MAX_NAMES)
			.map((name) -> LogText.clean(name, MAX_NAME_LENGTH))
			.toList();
		this.anyEnough = decision.isAnyEnough();
		this.allRequired = decision.isAllRequired();
		this.texts = texts;
		this.locale = locale;
	}

	/**
	 * Returns what the user lacks.
	 * @return names of permissions, and of groups as {@code group:<name>}. Empty if the
	 * check does not tell
	 */
	public List<String> getMissing() {
		return this.missing;
	}

	/**
	 * Returns what the user needs.
	 * @return a sentence
	 */
	public String getDetail() {
		if (this.missing.isEmpty()) {
			return text("unknown", "You do not have access to this.");
		}
		String needed = this.missing.stream()
			.map(this::described)
			.reduce((some, next) -> this.allRequired ? text("and", "{0} and {1}", some, next)
					: text("or", "{0} or {1}", some, next))
			.orElseThrow();
		return (this.anyEnough || this.allRequired) ? text("needed", "At UltraCart, you need {0}.", needed)
				: text("needed-for-example", "At UltraCart, you need for example {0}.", needed);
	}

	private String described(String name) {
		return name.startsWith(GROUP_REFERENCE)
				? text("group", "membership of the group “{0}”", name.substring(GROUP_REFERENCE.length()))
				: text("permission", "the permission “{0}”", name);
	}

	/**
	 * Returns what the user can do about it.
	 * @return sentences, or {@code null} if the check does not tell what is missing
	 */
	public @Nullable String getAsk() {
		return this.missing.isEmpty() ? null
				: text("ask",
						"Ask someone who may edit users at UltraCart. A change takes effect here after a while, or"
								+ " when you next sign in.");
	}

	String title() {
		return text(TITLE, "Access denied");
	}

	String home() {
		return text("home", "Back to the start page");
	}

	String language() {
		return this.texts.language(this.locale, TITLE);
	}

	private String text(String code, String english, Object... arguments) {
		return this.texts.text(this.locale, code, english, arguments);
	}

}
