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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.github.ultracartsso.sample.SampleApplication;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.context.support.GenericApplicationContext;

/**
 * The sessions of the servlet container. Their contents are what a container would write
 * to disk.
 */
final class MemoryStore implements SessionStore, HttpSessionListener {

	private final List<String> arguments = new ArrayList<>(
			List.of("--ultracart.sso.session.encryption-keys=${ULTRACART_SESSION_KEYS}"));

	private final Set<HttpSession> sessions = ConcurrentHashMap.newKeySet();

	MemoryStore(String... arguments) {
		this.arguments.addAll(List.of(arguments));
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		// the container starts with the node
	}

	@Override
	public void afterAll(ExtensionContext context) {
		this.sessions.clear();
	}

	@Override
	public List<Class<?>> application() {
		return List.of(SampleApplication.class);
	}

	@Override
	public List<String> arguments() {
		return this.arguments;
	}

	@Override
	public void prepare(GenericApplicationContext node) {
		node.registerBean(HttpSessionListener.class, () -> this);
	}

	@Override
	public void sessionCreated(HttpSessionEvent event) {
		this.sessions.add(event.getSession());
	}

	@Override
	public void sessionDestroyed(HttpSessionEvent event) {
		this.sessions.remove(event.getSession());
	}

	@Override
	public String contents() {
		return this.sessions.stream().map(MemoryStore::attributes).collect(Collectors.joining("\n"));
	}

	private static String attributes(HttpSession session) {
		return Collections.list(session.getAttributeNames())
			.stream()
			.map((name) -> name + " = " + session.getAttribute(name) + " = " + serialize(session.getAttribute(name)))
			.collect(Collectors.joining("\n"));
	}

	private static String serialize(Object attribute) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(attribute);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toString(StandardCharsets.ISO_8859_1);
	}

}
