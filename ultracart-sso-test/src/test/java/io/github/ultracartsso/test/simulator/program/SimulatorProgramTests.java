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

package io.github.ultracartsso.test.simulator.program;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import io.github.ultracartsso.test.TestClient;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SimulatorProgram}.
 */
class SimulatorProgramTests {

	private final ByteArrayOutputStream output = new ByteArrayOutputStream();

	private @Nullable UltraCartSimulator simulator;

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		if (this.simulator != null) {
			this.simulator.close();
		}
	}

	@Test
	void startWhenNoUsersFileThenSampleUsersAndEverythingPrinted() {
		UltraCartSimulator started = start();
		assertThat(started.users()).extracting(SimulatedUser::login).containsExactly("olivia", "wanda");
		assertThat(this.output.toString(StandardCharsets.UTF_8)).contains(started.consoleUrl() + "/DEMO",
				started.baseUrl().toString(), "application key ultracart-simulator");
	}

	@Test
	void startWhenHelpThenUsageOnly() {
		assertThat(SimulatorProgram.start(new String[] { "--help" }, out())).isNull();
		assertThat(this.output.toString(StandardCharsets.UTF_8)).contains("--port", "--users", "--tls",
				"--application-key", "--host", "--show");
	}

	@Test
	void healthWhenStartedThenUp() throws Exception {
		HttpResponse<String> health = get(HttpClient.newHttpClient(), start().baseUrl().resolve("/health"));
		assertThat(health.statusCode()).isEqualTo(200);
		assertThat(health.body()).isEqualTo("{\"status\":\"UP\"}");
	}

	@Test
	void startWhenSimpleUsersThenTheyCanSignIn() throws IOException {
		UltraCartSimulator started = start("--users", file("""
				[{"login": "Jane!ops", "fullName": "Jane Example", "email": "jane@merchant.example",
				  "permissions": ["View Items"], "groups": ["Warehouse"]}, {"login": "joe"}]""").toString());
		assertThat(started.users()).extracting(SimulatedUser::login).containsExactly("Jane!ops", "joe");
		assertThat(started.users()).first().satisfies((user) -> {
			assertThat(user.fullName()).isEqualTo("Jane Example");
			assertThat(user.email()).isEqualTo("jane@merchant.example");
			assertThat(user.permissions()).containsExactly("View Items");
			assertThat(user.groups()).containsExactly("Warehouse");
		});
		assertThat(new TestClient(started).signIn("Jane!ops")).isNotEmpty();
	}

	@Test
	void startWhenUltraCartsDocumentThenOnlyWhatIsGrantedCounts() throws IOException {
		UltraCartSimulator started = start("--users", file("""
				{"users": [{"user_id": 7, "login": "Jane!ops", "full_name": "Jane Example", "phone": "555-0100",
				  "permissions": [
				    {"permission_group": "Items", "permission_Name": "View Items", "selected": true},
				    {"permission_group": "Items", "permission_Name": "Edit Items", "selected": false},
				    {"permission_group": "Items", "permission_name": "Edit Reviews", "selected": true},
				    {"permission_group": "Items", "permission_Name": "Delete Order"}],
				  "groups": [{"group_oid": 41, "member": true, "name": "Warehouse"},
				             {"group_oid": 42, "member": false, "name": "Finance"}]}]}""").toString());
		assertThat(started.users()).singleElement().satisfies((user) -> {
			assertThat(user.userId()).isEqualTo(7);
			assertThat(user.fullName()).isEqualTo("Jane Example");
			assertThat(user.permissions()).containsExactly("View Items", "Edit Reviews");
			assertThat(user.groups()).containsExactly("Warehouse");
		});
	}

	@Test
	void startWhenSeveralMerchantsThenTheKeyTellsThem() throws IOException {
		UltraCartSimulator demo = start("--users", file("""
				{"merchants": [
				  {"id": "DEMO", "users": [{"login": "jane"}]},
				  {"id": "ACME", "applicationKey": "acme-key", "users": [{"login": "jane"}, {"login": "amy"}]}]}""")
			.toString());
		assertThat(demo.applicationKey()).isEqualTo("ultracart-simulator");
		assertThat(this.output.toString(StandardCharsets.UTF_8)).contains("Merchant ACME", "acme-key");
	}

	@Test
	void startWhenTlsThenCertificateIsWrittenAndServed() throws Exception {
		UltraCartSimulator started = start("--tls", "--host", "backoffice");
		assertThat(started.baseUrl()).hasScheme("https");
		Path certificate = Path.of("ultracart-simulator.pem");
		try {
			assertThat(this.output.toString(StandardCharsets.UTF_8)).contains(certificate.toAbsolutePath().toString(),
					"ultracart.sso.http.ssl.bundle");
			HttpClient http = HttpClient.newBuilder().sslContext(trusting(certificate)).build();
			assertThat(get(http, started.baseUrl().resolve("/health")).statusCode()).isEqualTo(200);
			assertThat(get(http, URI.create(started.consoleUrl() + "/DEMO")).body()).contains("UltraCart simulator");
		}
		finally {
			Files.delete(certificate);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			--port x              | --port takes a number from 0 to 65535, not x
			--port 65536          | --port takes a number from 0 to 65535, not 65536
			--port                | The option --port needs a value
			--users --tls         | The option --users needs a value
			--unknown             | Unknown option --unknown; --help lists the options
			file                  | Unknown option file; --help lists the options
			--users missing.json  | The file missing.json of --users cannot be read
			--show other          | --show takes one of
			""")
	void startWhenMistakeThenOneLineSaysWhich(String arguments, String message) {
		assertThatExceptionOfType(UsageException.class).isThrownBy(() -> start(arguments.split(" ")))
			.withMessageStartingWith(message)
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("\n"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "{}", "\"text\"", "[{\"fullName\": \"Without a login\"}]", "{\"merchants\": []}",
			"[{\"login\": \"jane\", \"roles\": []}]", "{\"merchants\": [{\"id\": \"too-long\", \"users\": []}]}",
			"{\"merchants\": [{\"id\": \"A\", \"users\": []}, {\"id\": \"a\", \"users\": []}]}" })
	void startWhenUsersFileIsMistakenThenSaysSo(String content) throws IOException {
		String file = file(content).toString();
		assertThatExceptionOfType(UsageException.class).isThrownBy(() -> start("--users", file));
	}

	@Test
	void startWhenPortIsTakenThenSaysSo() {
		int port = start().baseUrl().getPort();
		assertThatExceptionOfType(UsageException.class)
			.isThrownBy(() -> SimulatorProgram.start(new String[] { "--port=" + port }, out()))
			.withMessageContaining("port " + port);
	}

	private UltraCartSimulator start(String... arguments) {
		List<String> all = new ArrayList<>(Arrays.asList(arguments));
		if (!all.contains("--port")) {
			all.addAll(0, List.of("--port", "0"));
		}
		UltraCartSimulator started = Objects.requireNonNull(SimulatorProgram.start(all.toArray(String[]::new), out()));
		this.simulator = started;
		return started;
	}

	private PrintStream out() {
		return new PrintStream(this.output, true, StandardCharsets.UTF_8);
	}

	private Path file(String content) throws IOException {
		return Files.writeString(this.directory.resolve("users.json"), content);
	}

	private static HttpResponse<String> get(HttpClient http, URI uri) throws IOException, InterruptedException {
		return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
	}

	private static SSLContext trusting(Path certificate) throws GeneralSecurityException, IOException {
		KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
		trusted.load(null, null);
		try (InputStream pem = Files.newInputStream(certificate)) {
			trusted.setCertificateEntry("simulator", CertificateFactory.getInstance("X.509").generateCertificate(pem));
		}
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(trusted);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trust.getTrustManagers(), null);
		return context;
	}

}
