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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.Assert;

/**
 * A node in the test's own process.
 */
final class LocalNode implements Node {

	private final ConfigurableApplicationContext context;

	LocalNode(ConfigurableApplicationContext context) {
		this.context = context;
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	<T> T bean(String name, Class<T> type) {
		return this.context.getBean(name, type);
	}

	/**
	 * All singletons, by their names.
	 */
	Map<String, Object> beans() {
		ConfigurableListableBeanFactory factory = this.context.getBeanFactory();
		Map<String, Object> beans = new LinkedHashMap<>();
		for (String name : factory.getSingletonNames()) {
			beans.put(name, Objects.requireNonNull(factory.getSingleton(name)));
		}
		return beans;
	}

	@Override
	public int port() {
		String port = this.context.getEnvironment().getProperty("local.server.port");
		Assert.state(port != null, "The node is not running");
		return Integer.parseInt(port);
	}

	/**
	 * Stops the node in order.
	 */
	@Override
	public void close() {
		this.context.close();
	}

}
