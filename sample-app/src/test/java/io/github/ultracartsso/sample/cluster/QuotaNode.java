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

package io.github.ultracartsso.sample.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.ultracartsso.sample.SampleApplication;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.http.client.observation.ClientRequestObservationContext;

/**
 * A back office with a {@link FastClock} that shares UltraCart's limits with others. It
 * keeps its sessions in memory.
 */
final class QuotaNode {

	private static final String ORIGIN = "quota.origin";

	private static final String SESSIONS_IN_REDIS = "org.springframework.boot.session.data.redis.autoconfigure."
			+ "SessionDataRedisAutoConfiguration";

	private static final String DATABASE_URL = "quota.database.url";

	/**
	 * All nodes know the browsers that have signed in at one of them, which start logins
	 * until nearly all calls are spent.
	 */
	private static final String KEYS = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

	private static final String LAST_CALL = "quota.last-call";

	/**
	 * The status of a process that was killed.
	 */
	private static final int KILLED = 137;

	private QuotaNode() {
	}

	/**
	 * Starts a node in a process of its own.
	 */
	public static void main(String[] arguments) {
		start(List.of(arguments));
	}

	static ConfigurableApplicationContext start(List<String> arguments) {
		return new SpringApplicationBuilder(SampleApplication.class).registerShutdownHook(false)
			.initializers((context) -> prepare((GenericApplicationContext) context))
			.run(arguments.toArray(String[]::new));
	}

	static List<String> arguments(Instant origin) {
		return List.of("--" + ORIGIN + "=" + origin, "--spring.main.banner-mode=off", "--server.port=0",
				"--server.shutdown=immediate", "--server.tomcat.threads.max=16",
				"--ultracart.sso.session.encryption-keys=" + KEYS);
	}

	static List<String> redis(int port) {
		return List.of("--ultracart.sso.limits.store=redis", "--spring.data.redis.host=" + FreePort.HOST,
				"--spring.data.redis.port=" + port, "--spring.data.redis.timeout=500ms",
				"--spring.autoconfigure.exclude=" + SESSIONS_IN_REDIS);
	}

	static List<String> database(String url) {
		return List.of("--ultracart.sso.limits.store=jdbc", "--" + DATABASE_URL + "=" + url);
	}

	/**
	 * Has the node die at the beginning of a call to UltraCart, as soon as there is such
	 * a file.
	 */
	static String lastCallWhenExists(Path file) {
		return "--" + LAST_CALL + "=" + file;
	}

	private static void prepare(GenericApplicationContext context) {
		Environment environment = context.getEnvironment();
		Instant origin = environment.getRequiredProperty(ORIGIN, Instant.class);
		context.registerBean(TestConfigurationExcludeFilter.class, TestConfigurationExcludeFilter::new);
		context.registerBean(Clock.class, () -> new FastClock(origin));
		String databaseUrl = environment.getProperty(DATABASE_URL);
		if (databaseUrl != null) {
			context.registerBean(DataSource.class, () -> dataSource(databaseUrl));
		}
		String lastCall = environment.getProperty(LAST_CALL);
		if (lastCall != null) {
			context.registerBean(LastCall.class, () -> new LastCall(Path.of(lastCall)));
		}
	}

	private static HikariDataSource dataSource(String url) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(url);
		config.setMaximumPoolSize(4);
		config.setConnectionTimeout(500);
		config.setInitializationFailTimeout(-1);
		return new HikariDataSource(config);
	}

	/**
	 * Ends the process without an orderly shutdown when it has a turn and is about to
	 * make a call.
	 */
	private record LastCall(Path file) implements ObservationHandler<ClientRequestObservationContext> {

		@Override
		public void onStart(ClientRequestObservationContext context) {
			if (Files.exists(this.file)) {
				Runtime.getRuntime().halt(KILLED);
			}
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof ClientRequestObservationContext;
		}

	}

}
