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

package io.github.ultracartsso.client;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UltraCartApiException}.
 */
class UltraCartApiExceptionTests {

	@Test
	void buildWhenNoAnswerThenNothingButFailureMessageAndCause() {
		IOException cause = new IOException("Connection reset");
		UltraCartApiException ex = UltraCartApiException
			.withFailure(UltraCartApiFailure.NO_ANSWER, "ssoToken got no answer")
			.cause(cause)
			.build();
		assertThat(ex).hasMessage("ssoToken got no answer").hasCause(cause);
		assertThat(ex.getFailure()).isEqualTo(UltraCartApiFailure.NO_ANSWER);
		assertThat(ex.getStatus()).isNull();
		assertThat(ex.getErrorCode()).isNull();
		assertThat(ex.getRequestId()).isNull();
		assertThat(ex.getRetryAfter()).isNull();
	}

	@Test
	void buildWhenAnsweredThenWhatTheAnswerSaid() {
		UltraCartApiException ex = UltraCartApiException
			.withFailure(UltraCartApiFailure.RATE_LIMITED, "ssoToken was answered with status 429")
			.status(429)
			.errorCode("429")
			.requestId(TestAnswers.REQUEST_ID)
			.retryAfter(Duration.ofSeconds(9))
			.build();
		assertThat(ex).hasMessage("ssoToken was answered with status 429").hasNoCause();
		assertThat(ex.getFailure()).isEqualTo(UltraCartApiFailure.RATE_LIMITED);
		assertThat(ex.getStatus()).isEqualTo(429);
		assertThat(ex.getErrorCode()).isEqualTo("429");
		assertThat(ex.getRequestId()).isEqualTo(TestAnswers.REQUEST_ID);
		assertThat(ex.getRetryAfter()).isEqualTo(Duration.ofSeconds(9));
	}

}
