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

package io.github.ultracartsso.config;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Keeps all that some loggers have to say, down to TRACE.
 */
final class LogCapture implements BeforeEachCallback, AfterEachCallback {

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	private final List<Logger> loggers;

	private final List<Level> levels;

	LogCapture(String... names) {
		this.loggers = List.of(names).stream().map((name) -> (Logger) LoggerFactory.getLogger(name)).toList();
		this.levels = this.loggers.stream().map(Logger::getEffectiveLevel).toList();
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		this.appender.start();
		this.loggers.forEach((logger) -> {
			logger.setLevel(Level.TRACE);
			logger.setAdditive(false);
			logger.addAppender(this.appender);
		});
	}

	@Override
	public void afterEach(ExtensionContext context) {
		for (int i = 0; i < this.loggers.size(); i++) {
			this.loggers.get(i).detachAppender(this.appender);
			this.loggers.get(i).setAdditive(true);
			this.loggers.get(i).setLevel(this.levels.get(i));
		}
	}

	/**
	 * Returns the lines, each with its logger and the whole of its exception.
	 */
	List<String> lines() {
		return List.copyOf(this.appender.list)
			.stream()
			.map((event) -> event.getLoggerName() + ": " + event.getFormattedMessage()
					+ ((event.getThrowableProxy() != null)
							? "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy()) : ""))
			.toList();
	}

}
