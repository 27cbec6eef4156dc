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

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.github.ultracartsso.authentication.UltraCartAuthoritiesMapper;
import io.github.ultracartsso.client.Permission;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.client.UserGroupMembership;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.GrantedAuthority;

/**
 * An application that is configured by the environment of its process, and prints what a
 * user is granted.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class EnvironmentApplication {

	static final String GRANTED = "granted: ";

	public static void main(String[] args) {
		String[] more = Stream
			.concat(Stream.of("--server.port=0", "--spring.main.banner-mode=off",
					"--spring.docker.compose.enabled=false"), Arrays.stream(args))
			.toArray(String[]::new);
		try (ConfigurableApplicationContext context = SpringApplication.run(EnvironmentApplication.class, more)) {
			context.getBeanProvider(UltraCartAuthoritiesMapper.class)
				.ifAvailable((mapper) -> System.out.println(GRANTED + mapper.mapAuthorities(user())
					.stream()
					.map(GrantedAuthority::getAuthority)
					.sorted()
					.toList()));
		}
	}

	private static User user() {
		return new User(17, "jane", null, null, List.of(new Permission("Items", "View Items", true)),
				List.of(new UserGroupMembership(1, "Warehouse", true)));
	}

}
