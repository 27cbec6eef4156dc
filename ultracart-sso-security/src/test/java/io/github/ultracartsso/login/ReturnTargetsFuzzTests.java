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

import io.github.ultracartsso.GeneratedInputs;
import io.github.ultracartsso.login.ReturnTargets.ReturnTarget;
import io.github.ultracartsso.session.EncryptionKeys;
import io.github.ultracartsso.session.SecretSealer;
import io.github.ultracartsso.web.TestRequests;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.util.UriComponentsBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever URL a request has that is refused, and whatever the start URL brings: a
 * browser that is sent on stays with the application, however leniently it reads the URL.
 */
class ReturnTargetsFuzzTests {

	private static final String START_URL = "/ultracart/authorize";

	private final SecretSealer sealer = EncryptionKeys.random().sealer("test");

	private final ReturnTargets targets = new ReturnTargets(this.sealer, START_URL, "/login");

	@FuzzTest // C1, C2
	void returnTarget(byte[] input) {
		String text = new String(input, StandardCharsets.UTF_8);
		checkRefusedRequest(text);
		checkOwn(find(this.sealer.seal(text)));
		checkOwn(find(this.sealer.seal("wanted:" + text)));
		assertThat(find(text)).isIn(null, new ReturnTarget(null, true));
	}

	@Test // C1, C2
	void targetWhenUrlIsGeneratedThenStaysHere() {
		GeneratedInputs.check(ReturnTargetsFuzzTests.class, "returnTarget", this::returnTarget);
	}

	private void checkRefusedRequest(String uri) {
		String startUrl = this.targets.addTarget(START_URL, TestRequests.navigation(uri), false);
		assertThat(startUrl).matches("/ultracart/authorize(\\?target=[A-Za-z0-9_-]+)?");
		String sealed = UriComponentsBuilder.fromUriString(startUrl).build().getQueryParams().getFirst("target");
		if (sealed != null) {
			ReturnTarget target = find(sealed);
			checkOwn(target);
			// what is local is not changed on the way
			assertThat(target).isEqualTo(new ReturnTarget(uri, false));
		}
	}

	private static void checkOwn(@Nullable ReturnTarget target) {
		if (target != null && target.url() != null) {
			assertThat(target.url()).startsWith("/");
			assertThat(BrowserUrl.read(target.url())).matches(BrowserUrl::isOwn);
		}
	}

	private @Nullable ReturnTarget find(String parameter) {
		MockHttpServletRequest request = TestRequests.navigation(START_URL);
		request.setParameter("target", parameter);
		return this.targets.findTarget(request);
	}

}
