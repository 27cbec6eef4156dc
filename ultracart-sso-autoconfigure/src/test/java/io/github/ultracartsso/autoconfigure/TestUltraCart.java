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

package io.github.ultracartsso.autoconfigure;

import java.util.List;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.json.JsonMapper;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.noContent;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

/**
 * A server that answers the four calls as UltraCart does when all is well, unless a test
 * says otherwise. It runs for the time of one test.
 */
public final class TestUltraCart implements BeforeEachCallback, AfterEachCallback {

	public static final String USER_KEY = "user-key-0f1e2d3c4b5a";

	public static final String CODE = "code-97a6";

	public static final String AUTHORIZE = "/rest/v2/sso/authorize";

	public static final String TOKEN = "/rest/v2/sso/token";

	public static final String USER = "/rest/v2/sso/session/user";

	public static final String REVOKE = "/rest/v2/sso/session/revoke";

	public static final String ACCESS_TOKEN = "/rest/v2/oauth/token";

	private final WireMockServer server;

	public TestUltraCart() {
		this(WireMockConfiguration.options().dynamicPort());
	}

	public TestUltraCart(WireMockConfiguration options) {
		this.server = new WireMockServer(options);
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		start();
	}

	@Override
	public void afterEach(ExtensionContext context) {
		stop();
	}

	public void start() {
		this.server.start();
		given(put(AUTHORIZE), okJson("{\"login_url\":\"%s/login\"}".formatted(this.server.baseUrl())));
		given(put(TOKEN), okJson("{\"simple_key\":\"%s\"}".formatted(USER_KEY)));
		given(get(USER), okJson("""
				{
				  "user_id": 17,
				  "login": "jane",
				  "email": "jane@example.com",
				  "permissions": [
				    { "permission_Name": "View Items", "selected": true },
				    { "permission_Name": "Edit Items", "selected": false }
				  ],
				  "groups": [ { "group_oid": 1, "name": "Warehouse", "member": true } ]
				}"""));
		given(delete(REVOKE), noContent());
	}

	public void stop() {
		this.server.stop();
	}

	public String baseUrl() {
		return this.server.baseUrl() + "/rest/v2";
	}

	/**
	 * Answers a call otherwise from now on.
	 */
	public void given(MappingBuilder call, ResponseDefinitionBuilder answer) {
		this.server.stubFor(call.willReturn(answer));
	}

	public void givenStatus(MappingBuilder call, int status) {
		given(call, aResponse().withStatus(status));
	}

	public List<LoggedRequest> calls() {
		return this.server.findAll(anyRequestedFor(anyUrl()));
	}

	public void forgetCalls() {
		this.server.resetRequests();
	}

	/**
	 * Returns the value of a member in the body of the last {@code ssoAuthorize}.
	 */
	public String authorizeRequest(String member) {
		List<LoggedRequest> requests = this.server.findAll(putRequestedFor(urlPathEqualTo(AUTHORIZE)));
		return JsonMapper.shared()
			.readTree(requests.get(requests.size() - 1).getBodyAsString())
			.required(member)
			.asString();
	}

}
