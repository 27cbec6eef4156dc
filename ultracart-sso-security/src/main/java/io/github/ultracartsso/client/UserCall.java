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

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpRequest;
import org.springframework.web.client.RestClient;

/**
 * A call that an application makes with the key of a user, of whatever it needs. A
 * success shows that UltraCart can be reached; a failure may be about what was asked for,
 * and shows nothing.
 *
 * @param callName the method and the path, with the names of its variables in place of
 * their values, or with nothing where the names are not known. Values may tell of people,
 * and so may the query, which is left out
 */
record UserCall(String callName) implements GatedCall {

	/**
	 * Where Spring's clients keep the template that the URL was made of.
	 */
	static final String URI_TEMPLATE_ATTRIBUTE = RestClient.class.getName() + ".uriTemplate";

	private static final Pattern ORIGIN_OR_QUERY = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*|[?#].*$");

	/**
	 * How UltraCart names its resources. What is written otherwise is taken for the value
	 * of a variable.
	 */
	private static final Pattern RESOURCE_NAME = Pattern.compile("[a-z_]*|v[0-9]+");

	private static final int MAX_NAME_LENGTH = 200;

	static UserCall of(HttpRequest request, Redaction redaction) {
		Object template = request.getAttributes().get(URI_TEMPLATE_ATTRIBUTE);
		String path = (template instanceof String text) ? ORIGIN_OR_QUERY.matcher(text).replaceAll("")
				: withoutValues(request.getURI().getRawPath());
		return new UserCall(redaction.clean(request.getMethod().name() + " " + path, MAX_NAME_LENGTH));
	}

	private static String withoutValues(String path) {
		return Stream.of(path.split("/", -1))
			.map((segment) -> RESOURCE_NAME.matcher(segment).matches() ? segment : "{}")
			.collect(Collectors.joining("/"));
	}

	@Override
	public boolean isSingleSignOn() {
		return false;
	}

	@Override
	public boolean isMadeByApplication() {
		return false;
	}

	@Override
	public Health healthAfter(@Nullable UltraCartApiFailure failure) {
		return (failure == null) ? Health.GOOD : Health.UNKNOWN;
	}

}
