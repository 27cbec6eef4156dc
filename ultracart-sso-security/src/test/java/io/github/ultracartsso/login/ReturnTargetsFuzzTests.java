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

package io.github.ultracartsso.login;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.ultracartsso.GeneratedInputs;
import io.github.ultracartsso.session.sealing.EncryptionKeys;
import io.github.ultracartsso.session.sealing.SecretSealer;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.web.util.UriComponentsBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the URL of a rejected request and the parameter of the start URL are, the
 * target of a redirect stays on the host of the application, even for a browser that is
 * lenient about URLs.
 */
class ReturnTargetsFuzzTests {

	private static final String START_URL = "/ultracart/authorize";

	private final SecretSealer sealer = EncryptionKeys.random().sealer("test");

	private final ReturnTargets targets = new ReturnTargets(this.sealer, List.of(START_URL, "/login"));

	@FuzzTest // C1, C2
	void returnTarget(byte[] input) {
		String text = new String(input, StandardCharsets.UTF_8);
		checkRejectedRequest(text);
		checkOwn(this.targets.findTarget(this.sealer.seal(text)));
		checkOwn(this.targets.findTarget(this.sealer.seal("0 " + text)));
		assertThat(this.targets.findTarget(text)).isNull();
	}

	@Test // C1, C2
	void targetWhenUrlIsGeneratedThenStaysHere() {
		GeneratedInputs.check(ReturnTargetsFuzzTests.class, "returnTarget", this::returnTarget);
	}

	private void checkRejectedRequest(String url) {
		String startUrl = this.targets.addTarget(START_URL, url, false);
		assertThat(startUrl).matches("/ultracart/authorize(\\?target=[A-Za-z0-9_-]+)?");
		String sealed = UriComponentsBuilder.fromUriString(startUrl).build().getQueryParams().getFirst("target");
		if (sealed != null) {
			ReturnTarget target = this.targets.findTarget(sealed);
			checkOwn(target);
			assertThat(target).extracting(ReturnTarget::url).isEqualTo(url);
		}
	}

	private static void checkOwn(@Nullable ReturnTarget target) {
		if (target != null) {
			assertThat(target.url()).startsWith("/");
			assertThat(BrowserUrl.read(target.url())).matches(BrowserUrl::isOwn);
		}
	}

}
