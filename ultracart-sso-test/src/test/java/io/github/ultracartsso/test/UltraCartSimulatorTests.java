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

package io.github.ultracartsso.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.test.simulator.SimulatedCall.Credential;
import io.github.ultracartsso.test.simulator.SimulatedCall;
import io.github.ultracartsso.test.simulator.SimulatedFault;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link UltraCartSimulator}.
 */
@ExtendWith(OutputCaptureExtension.class)
class UltraCartSimulatorTests {

	private static final SimulatedUser JANE = SimulatedUser.withLogin("Jane!ops").userId(7).build();

	private final MutableClock clock = new MutableClock("2026-11-21T16:16:50Z");

	private final UltraCartSimulator simulator = UltraCartSimulator.builder()
		.clock(this.clock)
		.start()
		.addUser(JANE)
		.addUser(SimulatedUser.withLogin("joe").build());

	private final TestClient client = new TestClient(this.simulator);

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void baseUrlWhenStartedThenLocalhost() {
		assertThat(this.simulator.baseUrl().toString()).matches("http://localhost:[1-9][0-9]*/rest/v2");
	}

	@Test
	void startWhenPortGivenThenListensThere() throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		try (UltraCartSimulator other = UltraCartSimulator.builder().port(port).start()) {
			assertThat(other.baseUrl()).hasToString("http://localhost:" + port + "/rest/v2");
			assertThat(new TestClient(other).authorize().statusCode()).isEqualTo(200);
		}
	}

	@Test
	void startWhenPortTakenThenSaysSo() {
		UltraCartSimulatorBuilder builder = UltraCartSimulator.builder().port(this.simulator.baseUrl().getPort());
		assertThatIllegalStateException().isThrownBy(builder::start)
			.withMessageContaining("port " + this.simulator.baseUrl().getPort())
			.withMessageContaining("choose another one with port(int)");
	}

	@Test
	void startWhenStartedThenOnlyLoopbackListens() throws IOException {
		int port = this.simulator.baseUrl().getPort();
		for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
			for (InetAddress address : network.inetAddresses()
				.filter((candidate) -> !candidate.isLoopbackAddress())
				.toList()) {
				assertThatExceptionOfType(IOException.class).isThrownBy(() -> new Socket(address, port).close());
			}
		}
		new Socket(InetAddress.getLoopbackAddress(), port).close();
	}

	@Test
	void loginUrlWhenHostsGivenThenOnTheHostOfTheApplicationOrOfTheCall() throws IOException {
		try (UltraCartSimulator other = UltraCartSimulator.builder().hosts(List.of("BackOffice")).start()) {
			int port = other.baseUrl().getPort();
			TestClient client = new TestClient(other);
			assertThat(loginUrl(client, "http://backoffice:8080/login/ultracart"))
				.startsWith("http://backoffice:" + port + "/");
			assertThat(loginUrl(client, "http://localhost:8080/login/ultracart"))
				.startsWith("http://localhost:" + port + "/");
			// the port of the call, which a container maps to the one of the simulator
			assertThat(callWithHost("backoffice", other)).contains("http://backoffice:8081/");
			assertThat(callWithHost("evil.example", other)).contains("http://localhost:" + port + "/");
		}
	}

	private static String loginUrl(TestClient client, String redirectUri) {
		return TestClient.loginUrl(client.authorize(redirectUri, null)).toString();
	}

	private static String callWithHost(String host, UltraCartSimulator simulator) throws IOException {
		String body = "{\"redirect_uri\":\"https://app.example.com/login/ultracart\"}";
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), simulator.baseUrl().getPort())) {
			socket.getOutputStream()
				.write(String
					.join("\r\n", "PUT /rest/v2/sso/authorize HTTP/1.1", "Host: " + host + ":8081",
							"X-UltraCart-Api-Version: 2017-03-01",
							"x-ultracart-simple-key: " + simulator.applicationKey(), "Content-Type: application/json",
							"Content-Length: " + body.length(), "Connection: close", "", body)
					.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
		}
	}

	@Test
	void closeWhenRepeatedThenServerGone() {
		this.simulator.close();
		this.simulator.close();
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> this.client.exchange(this.client.applicationCall("/sso/authorize", "{}")));
		assertThat(this.simulator.baseUrl().getPort()).isPositive();
	}

	@Test
	void applicationKeyWhenNotGivenThenRandomPerSimulator() {
		try (UltraCartSimulator other = UltraCartSimulator.start()) {
			assertThat(this.simulator.applicationKey()).matches("[0-9a-f]{64}").isNotEqualTo(other.applicationKey());
		}
	}

	@Test
	void applicationKeyWhenGivenThenDemanded() {
		try (UltraCartSimulator other = UltraCartSimulator.builder().applicationKey("my-key").start()) {
			assertThat(other.applicationKey()).isEqualTo("my-key");
			assertThat(new TestClient(other).authorize().statusCode()).isEqualTo(200);
		}
	}

	@Test
	void lifetimesWhenGivenThenUsed() {
		try (UltraCartSimulator other = UltraCartSimulator.builder()
			.clock(this.clock)
			.loginLifetime(Duration.ofMinutes(1))
			.keyLifetime(Duration.ofHours(1))
			.start()) {
			other.addUser(JANE);
			TestClient otherClient = new TestClient(other);
			assertThat(TestClient.json(otherClient.authorize()).path("expiration_dts").stringValue())
				.isEqualTo("2026-11-21T11:17:50-05:00");
			String key = otherClient.signIn("Jane!ops");
			this.clock.advance(Duration.ofMinutes(59));
			assertThat(otherClient.user(key).statusCode()).isEqualTo(200);
			this.clock.advance(Duration.ofMinutes(1));
			assertThat(otherClient.user(key).statusCode()).isEqualTo(401);
		}
	}

	@Test
	void builderWhenArgumentWrongThenIllegalArgument() {
		UltraCartSimulatorBuilder builder = UltraCartSimulator.builder();
		assertThatIllegalArgumentException().isThrownBy(() -> builder.port(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.port(65_536));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.applicationKey(""));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.applicationKey("a key"));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.loginLifetime(Duration.ZERO))
			.withMessageContaining("loginLifetime");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.keyLifetime(Duration.ofMillis(999)))
			.withMessageContaining("keyLifetime");
	}

	@Test
	void addUserWhenNoNumberThenFreeOneAssigned() {
		this.simulator.addUser(SimulatedUser.withLogin("amy").userId(184_224).build())
			.addUser(SimulatedUser.withLogin("bob").build());
		assertThat(this.simulator.users()).extracting(SimulatedUser::login)
			.containsExactly("Jane!ops", "joe", "amy", "bob");
		assertThat(this.simulator.users()).extracting(SimulatedUser::userId)
			.containsExactly(7, 184_223, 184_224, 184_225);
	}

	@Test
	void addUserWhenLoginTakenThenReplacedInSessionsToo() {
		String key = this.simulator.signIn(JANE).simpleKey().value();
		this.simulator.addUser(SimulatedUser.withLogin("Jane!ops").permission("Edit Users").build());
		assertThat(this.simulator.users()).filteredOn((user) -> user.login().equals("Jane!ops"))
			.singleElement()
			.satisfies((user) -> {
				assertThat(user.userId()).isEqualTo(7);
				assertThat(user.permissions()).containsExactly("Edit Users");
			});
		assertThat(granted(TestClient.json(this.client.user(key)))).containsExactly("Edit Users");
		// logins are case-sensitive
		this.simulator.addUser(SimulatedUser.withLogin("JANE!OPS").build());
		assertThat(this.simulator.users()).hasSize(3);
	}

	@Test
	void addUserWhenNumberTakenThenIllegalArgument() {
		SimulatedUser other = SimulatedUser.withLogin("other").userId(7).build();
		assertThatIllegalArgumentException().isThrownBy(() -> this.simulator.addUser(other))
			.withMessageContaining("The user id 7 belongs to 'Jane!ops'");
		assertThat(this.simulator.users()).hasSize(2);
	}

	@Test
	void updateUserWhenNoNumberThenKeepsPresentOne() {
		this.simulator.updateUser(SimulatedUser.withLogin("Jane!ops").fullName("New").build());
		assertThat(this.simulator.users()).first().satisfies((user) -> {
			assertThat(user.userId()).isEqualTo(7);
			assertThat(user.fullName()).isEqualTo("New");
		});
	}

	@Test
	void updateUserWhenNumberGivenThenSessionShowsIt() {
		String key = this.client.signIn("Jane!ops");
		this.simulator.updateUser(JANE.toBuilder().userId(8).build());
		assertThat(TestClient.json(this.client.user(key)).path("user_id").intValue()).isEqualTo(8);
	}

	@Test
	void updateUserWhenUnknownThenIllegalArgument() {
		SimulatedUser nobody = SimulatedUser.withLogin("nobody").build();
		assertThatIllegalArgumentException().isThrownBy(() -> this.simulator.updateUser(nobody))
			.withMessageContaining("'nobody'")
			.withMessageContaining("[Jane!ops, joe]")
			.withMessageContaining("addUser");
	}

	@Test
	void removeUserWhenSignedInThenSessionsAndCodesDie() {
		String jane = this.client.signIn("Jane!ops");
		String joe = this.client.signIn("joe");
		String code = this.client.code("Jane!ops");
		this.simulator.removeUser("Jane!ops");
		assertThat(this.client.user(jane).statusCode()).isEqualTo(401);
		assertThat(this.client.token(code).statusCode()).isEqualTo(400);
		assertThat(this.client.user(joe).statusCode()).isEqualTo(200);
		assertThat(this.simulator.signedInLogins()).containsExactly("joe");
		this.simulator.addUser(JANE);
		assertThat(this.client.user(jane).statusCode()).isEqualTo(401);
	}

	@Test
	void removeUserWhenUnknownThenIllegalArgument() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.simulator.removeUser("nobody"));
	}

	@Test
	void signInWhenUserNotAddedThenSessionShowsUser() {
		SimulatedUser amy = SimulatedUser.withLogin("amy").permission("Rare Permission").group("Rare Group").build();
		SsoSession session = this.simulator.signIn(amy);
		assertThat(session.expiresAt()).isEqualTo("2026-11-22T16:16:50Z");
		assertThat(session.ipAddress()).isEqualTo("127.0.0.1");
		assertThat(this.simulator.signedInLogins()).containsExactly("amy");
		assertThat(this.simulator.users()).extracting(SimulatedUser::login).containsExactly("Jane!ops", "joe");
		assertThat(this.simulator.calls()).isEmpty();
		JsonNode document = TestClient.json(this.client.user(session.simpleKey().value()));
		assertThat(document.path("login").stringValue()).isEqualTo("amy");
		assertThat(granted(document)).containsExactly("Rare Permission");
		assertThat(document.path("groups").toString()).contains("\"member\":true,\"name\":\"Rare Group\"");
		assertThat(document.path("user_id").intValue()).isEqualTo(184_224);
		assertThat(this.client.revoke(session.simpleKey().value()).statusCode()).isEqualTo(204);
	}

	@Test
	void signInWhenRepeatedThenSameNumberAndAnotherKey() {
		SimulatedUser amy = SimulatedUser.withLogin("amy").build();
		SsoSession first = this.simulator.signIn(amy);
		SsoSession second = this.simulator.signIn(amy);
		assertThat(first.simpleKey()).isNotEqualTo(second.simpleKey());
		assertThat(userId(second)).isEqualTo(userId(first));
		this.simulator.addUser(SimulatedUser.withLogin("bob").build());
		assertThat(this.simulator.users()).last().extracting(SimulatedUser::userId).isNotEqualTo(userId(first));
	}

	@Test
	void signInWhenLoginAddedThenGivenPermissionsUntilUpdated() {
		String loggedIn = this.client.signIn("Jane!ops");
		SsoSession session = this.simulator
			.signIn(SimulatedUser.withLogin("Jane!ops").permission("View Items").build());
		assertThat(granted(TestClient.json(this.client.user(session.simpleKey().value()))))
			.containsExactly("View Items");
		assertThat(granted(TestClient.json(this.client.user(loggedIn)))).isEmpty();
		assertThat(userId(session)).isEqualTo(7);
		this.simulator.updateUser(SimulatedUser.withLogin("joe").build());
		assertThat(granted(TestClient.json(this.client.user(session.simpleKey().value()))))
			.containsExactly("View Items");
		this.simulator.updateUser(JANE.toBuilder().permission("Edit Items").build());
		assertThat(granted(TestClient.json(this.client.user(session.simpleKey().value()))))
			.containsExactly("Edit Items");
	}

	@Test
	void signInWhenUserHasNumberThenKept() {
		assertThat(userId(this.simulator.signIn(JANE.toBuilder().userId(99).build()))).isEqualTo(99);
		assertThat(userId(this.simulator.signIn(SimulatedUser.withLogin("amy").userId(98).build()))).isEqualTo(98);
	}

	@Test
	void signInWhenUserRemovedThenSessionDies() {
		SsoSession session = this.simulator.signIn(JANE);
		this.simulator.removeUser("Jane!ops");
		assertThat(this.client.user(session.simpleKey().value()).statusCode()).isEqualTo(401);
		assertThat(this.simulator.liveKeys()).isZero();
	}

	private int userId(SsoSession session) {
		return TestClient.json(this.client.user(session.simpleKey().value())).path("user_id").intValue();
	}

	private static List<String> granted(JsonNode document) {
		return document.path("permissions")
			.valueStream()
			.filter((permission) -> permission.path("selected").booleanValue())
			.map((permission) -> permission.path("permission_Name").stringValue())
			.toList();
	}

	@Test
	void approveWhenLoginStartedThenCallbackOfThatUser() {
		URI callback = this.simulator.approve(this.client.startLogin(), "joe");
		assertThat(callback.toString()).startsWith(TestClient.REDIRECT_URI + "?code=").endsWith("&state=some-state");
		this.client.token(TestClient.parameter(callback, "code"));
		assertThat(this.simulator.signedInLogins()).containsExactly("joe");
	}

	@Test
	void approveWhenRepeatedThenIllegalArgument() {
		URI loginUrl = this.client.startLogin();
		this.simulator.approve(loginUrl, "joe");
		assertThatIllegalArgumentException().isThrownBy(() -> this.simulator.approve(loginUrl, "joe"))
			.withMessageContaining("unknown or finished already");
		assertThatIllegalArgumentException().isThrownBy(() -> this.simulator.cancel(loginUrl));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.simulator.cancel(URI.create("http://localhost/merchant/sso/login.do")));
	}

	@Test
	void approveWhenUserUnknownThenIllegalArgumentAndLoginStillUsable() {
		URI loginUrl = this.client.startLogin();
		assertThatIllegalArgumentException().isThrownBy(() -> this.simulator.approve(loginUrl, "nobody"))
			.withMessageContaining("'nobody'");
		assertThat(this.client.open(loginUrl).statusCode()).isEqualTo(200);
	}

	@Test
	void cancelWhenLoginStartedThenCallbackWithAccessDenied() {
		assertThat(this.simulator.cancel(this.client.startLogin()))
			.hasToString(TestClient.REDIRECT_URI + "?error=access_denied&state=some-state");
	}

	@Test
	void approveOrCancelWhenLoginExpiredThenCallbackWithInvalidRequest() {
		URI first = this.client.startLogin();
		URI second = this.client.startLogin();
		this.clock.advance(Duration.ofMinutes(10));
		String expired = TestClient.REDIRECT_URI + "?error=invalid_request&state=some-state";
		assertThat(this.simulator.approve(first, "joe")).hasToString(expired);
		assertThat(this.simulator.cancel(second)).hasToString(expired);
	}

	@Test
	void callsWhenUserSignsInAndOutThenFourInOrder() {
		String key = this.client.signIn("Jane!ops");
		this.client.user(key);
		this.client.revoke(key);
		this.client.user(key);
		assertThat(this.simulator.calls()).containsExactly(
				new SimulatedCall(SimulatedOperation.AUTHORIZE, "PUT", "/sso/authorize", Credential.APPLICATION, true,
						200),
				new SimulatedCall(SimulatedOperation.TOKEN, "PUT", "/sso/token", Credential.APPLICATION, true, 200),
				new SimulatedCall(SimulatedOperation.SESSION_USER, "GET", "/sso/session/user", Credential.SSO_SESSION,
						true, 200),
				new SimulatedCall(SimulatedOperation.SESSION_REVOKE, "DELETE", "/sso/session/revoke",
						Credential.SSO_SESSION, true, 204),
				new SimulatedCall(SimulatedOperation.SESSION_USER, "GET", "/sso/session/user", Credential.SSO_SESSION,
						true, 401));
		assertThat(this.simulator.calls(SimulatedOperation.SESSION_USER)).extracting(SimulatedCall::status)
			.containsExactly(200, 401);
		this.simulator.clearCalls();
		assertThat(this.simulator.calls()).isEmpty();
	}

	@Test
	void callsWhenQuerySentThenNotInPath() {
		this.client.send(this.client.call("/sso/session/user?key=secret", null).GET());
		assertThat(this.simulator.calls()).singleElement()
			.extracting(SimulatedCall::path)
			.isEqualTo("/sso/session/user");
	}

	@Test
	void revokeAllWhenSeveralSignedInThenAllKeysDie() {
		String jane = this.client.signIn("Jane!ops");
		String joe = this.client.signIn("joe");
		this.client.signIn("joe");
		assertThat(this.simulator.signedInLogins()).containsExactly("Jane!ops", "joe", "joe");
		assertThat(this.simulator.liveKeys()).isEqualTo(3);
		this.simulator.revokeAll();
		assertThat(this.simulator.liveKeys()).isZero();
		TestClient.assertRefused(this.client.user(jane), 401, "Invalid credentials supplied.");
		TestClient.assertRefused(this.client.user(joe), 401, "Invalid credentials supplied.");
		assertThat(this.client.user(this.client.signIn("joe")).statusCode()).isEqualTo(200);
	}

	@Test
	void printedWhenUsedThenNoSecret(CapturedOutput output) {
		String code = this.client.code("Jane!ops");
		String key = TestClient.json(this.client.token(code)).path("simple_key").stringValue();
		this.client.user(key);
		this.client.user("unknown-key");
		this.simulator.answerNext(SimulatedOperation.TOKEN, SimulatedFault.status(500));
		this.client.token(code);
		assertThat(this.simulator + " " + this.simulator.calls() + " " + this.simulator.users())
			.doesNotContain(this.simulator.applicationKey(), key, code, "unknown-key", "some-state");
		assertThat(output.getAll()).isEmpty();
	}

	@Test
	void adminApiWhenCalledThenRefused() {
		for (String path : new String[] { "/__admin/mappings", "/__admin/requests" }) {
			assertThat(this.client.open(this.simulator.baseUrl().resolve(path)).statusCode()).isEqualTo(401);
		}
		HttpResponse<String> shutdown = this.client
			.send(HttpRequest.newBuilder(this.simulator.baseUrl().resolve("/__admin/shutdown"))
				.POST(BodyPublishers.noBody()));
		assertThat(shutdown.statusCode()).isEqualTo(401);
		assertThat(this.client.authorize().statusCode()).isEqualTo(200);
	}

	@Test
	void startWhenSeveralThenTheyShareNothing() {
		try (UltraCartSimulator other = UltraCartSimulator.start()) {
			String key = this.client.signIn("Jane!ops");
			assertThat(other.users()).isEmpty();
			assertThat(new TestClient(other).user(key).statusCode()).isEqualTo(401);
			assertThat(other.calls()).extracting(SimulatedCall::credential).containsExactly(Credential.UNKNOWN);
		}
	}

}
