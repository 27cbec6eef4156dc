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
import java.util.List;

import io.github.ultracartsso.autoconfigure.CheckedUltraCartSsoProperties;
import io.github.ultracartsso.session.sealing.EncryptionKeys;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWarDeployment;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.servlet.Session;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Configures the encryption key of an application whose embedded server persists sessions
 * across restarts, as with Spring Boot's devtools, unless keys are configured. The key is
 * kept in the directory of the sessions, so that users stay signed in.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(Session.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnNotWarDeployment
@ConditionalOnBooleanProperty("server.servlet.session.persistent")
@ConditionalOnMissingBean(type = "org.springframework.session.SessionRepository")
class UltraCartPersistentSessionConfiguration {

	static final String FILE_NAME = "ultracart-sso.key";

	private static final Log logger = LogFactory.getLog(UltraCartPersistentSessionConfiguration.class);

	private static final String REMEDY = " Set ultracart.sso.session.encryption-keys; 'openssl rand -base64 32' makes a"
			+ " key.";

	/**
	 * Name of the property source with the defaults of Spring Boot's devtools.
	 */
	private static final String DEVTOOLS = "devtools";

	@Bean
	@ConditionalOnMissingBean
	EncryptionKeys ultraCartEncryptionKeys(CheckedUltraCartSsoProperties checked, ConfigurableEnvironment environment) {
		List<byte[]> keys = checked.encryptionKeys();
		return keys.isEmpty() ? persistentKey(environment) : EncryptionKeys.of(keys);
	}

	private static EncryptionKeys persistentKey(ConfigurableEnvironment environment) {
		try {
			EncryptionKeyFile file = new EncryptionKeyFile(Binder.get(environment)
				.bindOrCreate("server.servlet.session", Session.class)
				.getSessionStoreDirectory()
				.getValidDirectory(true)
				.toPath()
				.resolve(FILE_NAME));
			EncryptionKeys keys = EncryptionKeys.of(List.of(file.readOrCreate()));
			String message = "Sessions are persisted across restarts (server.servlet.session.persistent), so the key"
					+ " that encrypts their secrets is kept beside them in " + file + ".";
			if (environment.getPropertySources().contains(DEVTOOLS)) {
				logger.info(message);
			}
			else {
				logger.warn(message + " That is meant for development: anyone who can read this directory can decrypt"
						+ " the keys of users." + REMEDY);
			}
			return keys;
		}
		catch (IOException | IllegalStateException ex) {
			logger.warn("Sessions are persisted across restarts (server.servlet.session.persistent), but no key that"
					+ " encrypts their secrets can be kept beside them, so each restart signs all users out: "
					+ ex.getMessage() + "." + REMEDY);
			return EncryptionKeys.random();
		}
	}

}
