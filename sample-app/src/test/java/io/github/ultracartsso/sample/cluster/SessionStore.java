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
 * Where the nodes of a cluster keep sessions; a test class registers it as an extension.
 */
interface SessionStore extends BeforeAllCallback, AfterAllCallback {

	/**
	 * The argument with which logins under way are none of the store's business.
	 */
	String PENDING_IN_COOKIES = "--ultracart.sso.login.pending-store=cookie";

	/**
	 * The application and what it needs to keep its sessions in the store.
	 */
	List<Class<?>> application();

	/**
	 * What the application is started with, in the form of a command line.
	 */
	List<String> arguments();

	/**
	 * Gives a node the beans without which the store cannot see into its sessions.
	 */
	default void prepare(GenericApplicationContext node) {
	}

	/**
	 * Everything that is in the store at this moment, a byte to a character.
	 */
	String contents();

}
