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

package io.github.ultracartsso.client.http;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * One HTTP request of a call.
 *
 * @param credential the headers that authenticate it
 * @param secrets what is secret in the body
 */
record SsoRequest(SsoOperation operation, HttpHeaders credential, @Nullable String body, List<String> secrets) {

	String callName() {
		return this.operation.callName();
	}

	/**
	 * Returns what masks the request's secrets. It is created on demand, because a
	 * successful call needs none.
	 */
	Redaction redaction() {
		return Redaction.of(this.credential, this.secrets);
	}

	@Override
	public String toString() {
		return "SsoRequest[" + this.operation + "]";
	}

}
