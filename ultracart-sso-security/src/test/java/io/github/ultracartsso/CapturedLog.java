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

package io.github.ultracartsso;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Everything that is logged below some names while it is open, whatever the level.
 */
public final class CapturedLog implements AutoCloseable {

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	private final Map<Logger, @Nullable Level> levels = new LinkedHashMap<>();

	private CapturedLog(String... names) {
		this.appender.start();
		for (String name : names) {
			Logger logger = (Logger) LoggerFactory.getLogger(name);
			this.levels.put(logger, logger.getLevel());
			logger.setLevel(Level.TRACE);
			logger.setAdditive(false);
			logger.addAppender(this.appender);
		}
	}

	public static CapturedLog of(String... names) {
		return new CapturedLog(names);
	}

	/**
	 * Returns the messages of one level.
	 */
	public List<String> messages(Level level) {
		return events().stream()
			.filter((event) -> event.getLevel().equals(level))
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

	/**
	 * Returns all that a log file would show, stack traces included.
	 */
	public String text() {
		return events().stream()
			.map((event) -> event.getLoggerName() + ": " + event.getFormattedMessage() + "\n"
					+ ThrowableProxyUtil.asString(event.getThrowableProxy()))
			.collect(Collectors.joining("\n"));
	}

	private List<ILoggingEvent> events() {
		return new ArrayList<>(this.appender.list);
	}

	@Override
	public void close() {
		this.levels.forEach((logger, level) -> {
			logger.detachAppender(this.appender);
			logger.setAdditive(true);
			logger.setLevel(level);
		});
	}

}
