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

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulatorBuilder;
import io.github.ultracartsso.test.simulator.SimulatedAlternative;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.jspecify.annotations.Nullable;

/**
 * Runs the simulator as a program.
 */
public final class SimulatorProgram {

	private static final int USAGE_MISTAKE = 2;

	private final PrintStream out;

	private SimulatorProgram(PrintStream out) {
		this.out = out;
	}

	/**
	 * Starts the simulator, which runs until the process ends.
	 * @param arguments the options of the program; {@code --help} prints them. The
	 * process ends with the status 2 if they are not valid
	 */
	public static void main(String[] arguments) {
		try {
			start(arguments, System.out);
		}
		catch (UsageException ex) {
			System.err.println(ex.getMessage());
			System.exit(USAGE_MISTAKE);
		}
	}

	/**
	 * Starts the simulator.
	 * @return the simulator of the first merchant, {@code null} where only the usage was
	 * printed
	 * @throws UsageException if the arguments are not valid or the port is taken
	 */
	static @Nullable UltraCartSimulator start(String[] arguments, PrintStream out) {
		return start(ProgramOptions.parse(arguments, System.getenv()), out);
	}

	/**
	 * Starts the simulator.
	 * @return the simulator of the first merchant, {@code null} where only the usage was
	 * printed
	 * @throws UsageException if the options cannot be used
	 */
	static @Nullable UltraCartSimulator start(ProgramOptions options, PrintStream out) {
		if (options.help()) {
			out.print(ProgramOptions.USAGE);
			return null;
		}
		return new SimulatorProgram(out).start(options);
	}

	private UltraCartSimulator start(ProgramOptions options) {
		Path users = options.users();
		List<UsersFile.Merchant> merchants = (users != null) ? new UsersFile(users).read()
				: List.of(new UsersFile.Merchant(null, null, sampleUsers()));
		ServerCertificate certificate = options.tls() ? ServerCertificate.make(options.hosts()) : null;
		Map<String, UltraCartSimulator> started = new LinkedHashMap<>();
		UltraCartSimulator first = null;
		try {
			for (UsersFile.Merchant merchant : merchants) {
				UltraCartSimulatorBuilder settings = settings(merchant, options, first == null);
				UltraCartSimulator simulator = (first != null) ? first.addMerchant(settings)
						: server(settings, options, certificate).start();
				first = (first != null) ? first : simulator;
				simulator.show(options.alternatives().toArray(SimulatedAlternative[]::new));
				merchant.users().forEach(simulator::addUser);
				started.put((merchant.id() != null) ? merchant.id() : "DEMO", simulator);
			}
			Runtime.getRuntime().addShutdownHook(new Thread(started.values().iterator().next()::close));
			report(started, certificate);
			return started.values().iterator().next();
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			if (first != null) {
				first.close();
			}
			throw new UsageException(String.valueOf(ex.getMessage()));
		}
	}

	private static UltraCartSimulatorBuilder settings(UsersFile.Merchant merchant, ProgramOptions options,
			boolean first) {
		UltraCartSimulatorBuilder settings = UltraCartSimulator.builder();
		if (merchant.id() != null) {
			settings.merchantId(merchant.id());
		}
		if (merchant.applicationKey() != null) {
			settings.applicationKey(merchant.applicationKey());
		}
		else if (first) {
			settings.applicationKey(options.applicationKey());
		}
		return settings;
	}

	private static UltraCartSimulatorBuilder server(UltraCartSimulatorBuilder settings, ProgramOptions options,
			@Nullable ServerCertificate certificate) {
		settings.port(options.port()).hosts(options.hosts());
		return (certificate != null) ? settings.tls(certificate.keyStore(), certificate.password()) : settings;
	}

	private static List<SimulatedUser> sampleUsers() {
		return List.of(SimulatedUser.withLogin("olivia")
			.fullName("Olivia Owner")
			.permissions("View Items", "Edit Items", "Edit Users", "Access Shipping Department")
			.build(), SimulatedUser.withLogin("wanda").fullName("Wanda Warehouse").group("Warehouse").build());
	}

	private void report(Map<String, UltraCartSimulator> merchants, @Nullable ServerCertificate certificate) {
		this.out.println("The UltraCart simulator is ready. Anyone who can open it can sign in as any of its users.");
		merchants.forEach((id, simulator) -> {
			this.out.println("Merchant " + id);
			this.out.println("  console         " + simulator.consoleUrl() + "/" + id);
			this.out.println("  base URL        " + simulator.baseUrl());
			this.out.println("  application key " + simulator.applicationKey());
		});
		if (certificate != null) {
			this.out.println("""
					Trust the certificate %1$s:
					  Spring Boot  spring.ssl.bundle.pem.ultracart.truststore.certificate=file:%1$s
					               ultracart.sso.http.ssl.bundle=ultracart
					  curl         --cacert %1$s
					  browser      import it as an authority, or accept the warning"""
				.formatted(certificate.certificate()));
		}
		this.out.flush();
	}

}
