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

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a key and a self-signed certificate with the {@code keytool} of the running Java.
 * The key stays in a temporary file that only this user can read and that is deleted at
 * the end; the certificate is written to the working directory.
 */
final class ServerCertificate {

	private static final Path CERTIFICATE = Path.of("ultracart-simulator.pem");

	private static final String ALIAS = "simulator";

	private final Path keyStore;

	private final String password = new BigInteger(130, new SecureRandom()).toString(36);

	private ServerCertificate(Path keyStore) {
		this.keyStore = keyStore;
	}

	/**
	 * Makes the certificate.
	 * @param hosts names besides localhost
	 * @throws UsageException if it cannot be made
	 */
	static ServerCertificate make(List<String> hosts) {
		try {
			// a new directory is readable by this user only
			Path directory = Files.createTempDirectory("ultracart-simulator");
			ServerCertificate certificate = new ServerCertificate(directory.resolve("key.p12"));
			certificate.keytool("-genkeypair", "-alias", ALIAS, "-keyalg", "EC", "-groupname", "secp256r1", "-validity",
					"365", "-dname", "CN=UltraCart simulator", "-ext", "bc:c=ca:true", "-ext", "san=" + names(hosts));
			certificate.keytool("-exportcert", "-rfc", "-alias", ALIAS, "-file", CERTIFICATE.toString());
			certificate.keyStore.toFile().deleteOnExit();
			directory.toFile().deleteOnExit();
			return certificate;
		}
		catch (IOException ex) {
			throw new UsageException(
					"--tls needs the program keytool of a Java runtime and a writable directory: " + ex);
		}
	}

	private static String names(List<String> hosts) {
		List<String> names = new ArrayList<>(List.of("dns:localhost", "ip:127.0.0.1"));
		hosts.stream().map((host) -> (host.matches("[0-9.]+") ? "ip:" : "dns:") + host).forEach(names::add);
		return String.join(",", names);
	}

	private void keytool(String... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
		command.addAll(List.of(arguments));
		command.addAll(List.of("-keystore", this.keyStore.toString(), "-storetype", "PKCS12", "-storepass:env",
				"KEYTOOL_PASSWORD"));
		ProcessBuilder program = new ProcessBuilder(command).redirectErrorStream(true);
		// on the command line other users of the machine would see it
		program.environment().put("KEYTOOL_PASSWORD", this.password);
		Process process = program.start();
		process.getOutputStream().close();
		String output = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
		try {
			if (process.waitFor() != 0) {
				throw new IOException(output.strip());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
	}

	Path keyStore() {
		return this.keyStore;
	}

	String password() {
		return this.password;
	}

	/**
	 * Returns the file that applications and browsers have to trust.
	 */
	Path certificate() {
		return CERTIFICATE.toAbsolutePath();
	}

}
