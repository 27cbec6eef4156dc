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

package io.github.ultracartsso.web;

import java.util.Locale;

import ch.qos.logback.classic.Level;
import io.github.ultracartsso.CapturedLog;
import org.junit.jupiter.api.Test;

import org.springframework.context.support.StaticMessageSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PageTexts}.
 */
class PageTextsTests {

	@Test
	void textWhenMalformedAndReadOftenThenEnglishAndToldOnce() {
		StaticMessageSource messages = new StaticMessageSource();
		messages.addMessage("page.needed", Locale.ENGLISH, "Needed: {0");
		PageTexts texts = new PageTexts("page.", messages);
		try (CapturedLog log = CapturedLog.of(PageTexts.class.getName())) {
			for (int i = 0; i < 3; i++) {
				assertThat(texts.text(Locale.ENGLISH, "needed", "You need {0}.", "it")).isEqualTo("You need it.");
			}
			assertThat(log.messages(Level.WARN))
				.containsExactly("The message page.needed is malformed, so the English one is shown");
		}
	}

}
