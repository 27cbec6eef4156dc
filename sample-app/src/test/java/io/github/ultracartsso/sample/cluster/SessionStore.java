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

import java.util.List;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;

import org.springframework.context.support.GenericApplicationContext;

/**
 * The session store of a cluster's nodes. A test class registers it as an extension.
 */
interface SessionStore extends BeforeAllCallback, AfterAllCallback {

	/**
	 * The argument that keeps pending logins in the store.
	 */
	String PENDING_IN_SESSION = "--ultracart.sso.login.pending-store=session";

	/**
	 * The application and the configuration that keeps its sessions in the store.
	 */
	List<Class<?>> application();

	/**
	 * The arguments of the application.
	 */
	List<String> arguments();

	/**
	 * Adds the beans to a node that the store needs to read its sessions.
	 */
	default void prepare(GenericApplicationContext node) {
	}

	/**
	 * The present contents of the store, with a character for each byte.
	 */
	String contents();

}
