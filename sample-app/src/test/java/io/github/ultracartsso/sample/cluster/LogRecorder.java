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
import java.util.regex.Pattern;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.github.ultracartsso.sample.cluster.Evidence.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Records everything that is logged, from TRACE on by the loggers of logins and sessions.
 * These do not write to the console meanwhile.
 */
final class LogRecorder extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	private static final Pattern CALLBACK_LINE = Pattern.compile("(Securing|Secured) [A-Z]+ /login/ultracart\\?[^ ]*");

	private final Map<Logger, @Nullable Level> levels = new LinkedHashMap<>();

	private final Evidence evidence;

	LogRecorder(Evidence evidence) {
		this.evidence = evidence;
		setName("evidence");
	}

	void open() {
		setContext(logger(Logger.ROOT_LOGGER_NAME).getLoggerContext());
		start();
		logger(Logger.ROOT_LOGGER_NAME).addAppender(this);
		for (String name : new String[] { "io.github.ultracartsso", "org.springframework.security",
				"org.springframework.session" }) {
			Logger logger = logger(name);
			this.levels.put(logger, logger.getLevel());
			logger.setLevel(Level.TRACE);
			logger.setAdditive(false);
			logger.addAppender(this);
		}
	}

	private static Logger logger(String name) {
		return (Logger) LoggerFactory.getLogger(name);
	}

	@Override
	protected void append(ILoggingEvent event) {
		String message = event.getFormattedMessage();
		boolean requestLine = "org.springframework.security.web.FilterChainProxy".equals(event.getLoggerName())
				&& CALLBACK_LINE.matcher(message).matches();
		this.evidence.add(requestLine ? Kind.REQUEST_LINE : Kind.LOG, event.getLoggerName(),
				event.getLevel() + " " + message + " " + event.getMDCPropertyMap() + " "
						+ ThrowableProxyUtil.asString(event.getThrowableProxy()));
	}

	@Override
	public void close() {
		logger(Logger.ROOT_LOGGER_NAME).detachAppender(this);
		this.levels.forEach((logger, level) -> {
			logger.detachAppender(this);
			logger.setAdditive(true);
			logger.setLevel(level);
		});
		stop();
	}

}
