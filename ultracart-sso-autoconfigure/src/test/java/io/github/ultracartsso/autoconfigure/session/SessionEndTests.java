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

package io.github.ultracartsso.autoconfigure.session;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;

import com.github.tomakehurst.wiremock.http.Request;
import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.TestUltraCart;
import org.apache.catalina.Context;
import org.apache.catalina.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.util.Assert;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application in a real container revokes the keys of sessions that the container
 * ends. It waits for revocations under way before it is closed.
 */
class SessionEndTests {

	@RegisterExtension
	final TestUltraCart ultraCart = new TestUltraCart();

	@Test
	// D7
	void sessionWhenContainerExpiresItThenKeyIsRevokedOnce() throws Exception {
		try (ServletWebServerApplicationContext context = start()) {
			signIn(context);
			sessions(context).forEach(Session::expire);
		}
		assertThat(revocations()).hasSize(1);
	}

	@Test
	void sessionWhenItNeedNotBeRevokedThenItIsNot() throws Exception {
		try (ServletWebServerApplicationContext context = start(
				"--ultracart.sso.logout.revoke-on-session-expiry=false")) {
			signIn(context);
			sessions(context).forEach(Session::expire);
		}
		assertThat(revocations()).isEmpty();
	}

	private ServletWebServerApplicationContext start(String... arguments) {
		return (ServletWebServerApplicationContext) new SpringApplicationBuilder(TestApplication.Everything.class)
			.properties("server.port=0", "ultracart.sso.simple-key=" + TestApplication.KEY,
					"ultracart.sso.base-url=" + this.ultraCart.baseUrl())
			.run(arguments);
	}

	private void signIn(ServletWebServerApplicationContext context) throws IOException, InterruptedException {
		HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
		navigate(browser, context, "/ultracart/authorize");
		HttpResponse<Void> answer = navigate(browser, context, "/login/ultracart?code=%s&state=%s"
			.formatted(TestUltraCart.CODE, this.ultraCart.authorizeRequest("state")));
		assertThat(answer.headers().firstValue("Location"))
			.hasValueSatisfying((location) -> assertThat(URI.create(location)).hasPath("/").hasNoParameters());
	}

	private static HttpResponse<Void> navigate(HttpClient browser, ServletWebServerApplicationContext context,
			String path) throws IOException, InterruptedException {
		URI uri = URI.create("http://localhost:%d%s".formatted(webServer(context).getPort(), path));
		return browser.send(HttpRequest.newBuilder(uri).header("Accept", "text/html").build(),
				HttpResponse.BodyHandlers.discarding());
	}

	private static List<Session> sessions(ServletWebServerApplicationContext context) {
		return Arrays.stream(webServer(context).getTomcat().getHost().findChildren())
			.map(Context.class::cast)
			.flatMap((child) -> Arrays.stream(child.getManager().findSessions()))
			.toList();
	}

	private static TomcatWebServer webServer(ServletWebServerApplicationContext context) {
		TomcatWebServer webServer = (TomcatWebServer) context.getWebServer();
		Assert.state(webServer != null, "The server does not run");
		return webServer;
	}

	private List<? extends Request> revocations() {
		return this.ultraCart.calls().stream().filter((call) -> call.getUrl().equals(TestUltraCart.REVOKE)).toList();
	}

}
