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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.ultracartsso.client.traffic.CallKind;
import io.github.ultracartsso.client.traffic.GatedCall;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.web.client.RestClient;

/**
 * A call that is not part of single sign-on, made with a user's key or with the
 * application's credential. Its name is the method and the path with the names of URI
 * variables instead of their values, or with {@code {}} where a segment is neither a
 * variable nor a name of UltraCart's. Values may be personal data, and so may the query,
 * which is left out. Name and redaction are computed on demand, because a successful call
 * needs neither.
 */
final class ApiCall implements GatedCall {

	/**
	 * The request attribute in which Spring's clients keep the URI template.
	 */
	static final String URI_TEMPLATE_ATTRIBUTE = RestClient.class.getName() + ".uriTemplate";

	private static final Pattern ORIGIN_OR_QUERY = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*|[?#].*$");

	/**
	 * How UltraCart names its resources. Any other path segment is taken for the value of
	 * a variable.
	 */
	private static final Pattern RESOURCE_NAME = Pattern.compile("[a-z_]*|v[0-9]+");

	private static final int MAX_NAME_LENGTH = 200;

	private static final String AS_APPLICATION = " as the application";

	/**
	 * What the requests of the call have been authenticated with.
	 */
	private final HttpHeaders credential = new HttpHeaders();

	private final HttpRequest request;

	private final CallKind kind;

	ApiCall(HttpRequest request, CallKind kind) {
		this.request = request;
		this.kind = kind;
	}

	HttpRequest request() {
		return this.request;
	}

	/**
	 * Takes note of what is secret in a request of the call.
	 */
	void authenticatedWith(HttpHeaders credential) {
		this.credential.addAll(credential);
	}

	/**
	 * Returns what masks the call's secrets.
	 */
	Redaction redaction() {
		return Redaction.of(this.credential, List.of());
	}

	@Override
	public CallKind kind() {
		return this.kind;
	}

	@Override
	public String callName() {
		Object template = this.request.getAttributes().get(URI_TEMPLATE_ATTRIBUTE);
		// a template may be made of values too, as in "/customers/by_email/" + email
		String path = withoutValues((template instanceof String text) ? ORIGIN_OR_QUERY.matcher(text).replaceAll("")
				: this.request.getURI().getRawPath());
		String name = redaction().clean(this.request.getMethod().name() + " " + path, MAX_NAME_LENGTH);
		return (this.kind == CallKind.APPLICATION_CALL) ? name + AS_APPLICATION : name;
	}

	private static String withoutValues(String path) {
		return Stream.of(path.split("/", -1))
			.map((segment) -> (segment.contains("{") || RESOURCE_NAME.matcher(segment).matches()) ? segment : "{}")
			.collect(Collectors.joining("/"));
	}

	@Override
	public String toString() {
		return callName();
	}

}
