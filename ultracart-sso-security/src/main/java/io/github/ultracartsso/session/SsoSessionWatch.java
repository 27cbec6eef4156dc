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

package io.github.ultracartsso.session;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.security.core.Authentication;
import org.springframework.util.Assert;

/**
 * Runs an action when an SSO session ends, to close what would outlive it, such as the
 * WebSocket connections and event streams of the user.
 * <p>
 * An SSO session ends with its expiry, and with what this instance of the application
 * does or learns: a sign-out, another login in the same session, the end of the HTTP
 * session where that is reported, and the refusal of the key by UltraCart. What other
 * instances do is learned where the session store reports the ends of sessions to all of
 * them, and otherwise not before the expiry.
 *
 * @since 0.1
 */
public final class SsoSessionWatch implements DisposableBean {

	private static final Log logger = LogFactory.getLog(SsoSessionWatch.class);

	/**
	 * An action may block, such as on a connection whose client does not read.
	 */
	private static final int THREADS = 4;

	private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

	/**
	 * The clock may be set meanwhile.
	 */
	private static final Duration LONGEST_WAIT = Duration.ofHours(1);

	private final Map<String, Set<Watch>> watches = new ConcurrentHashMap<>();

	private final SsoSessions ssoSessions;

	private final TaskScheduler scheduler;

	/**
	 * Creates an instance with a few threads of its own, which exist only while something
	 * is watched.
	 * @param ssoSessions remembers which SSO sessions have ended
	 */
	public SsoSessionWatch(SsoSessions ssoSessions) {
		this(ssoSessions, newScheduler());
	}

	SsoSessionWatch(SsoSessions ssoSessions, TaskScheduler scheduler) {
		Assert.notNull(ssoSessions, "ssoSessions cannot be null");
		this.ssoSessions = ssoSessions;
		this.scheduler = scheduler;
		ssoSessions.onEnd((id) -> this.watches.getOrDefault(id, Set.of()).forEach(Watch::end));
	}

	private static TaskScheduler newScheduler() {
		ThreadPoolTaskScheduler newScheduler = new ThreadPoolTaskScheduler();
		newScheduler.setThreadFactory(new DetachedThreadFactory("ultracart-watch-"));
		newScheduler.setPoolSize(THREADS);
		newScheduler.setRemoveOnCancelPolicy(true);
		newScheduler.initialize();
		newScheduler.getScheduledThreadPoolExecutor().setKeepAliveTime(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS);
		newScheduler.getScheduledThreadPoolExecutor().allowCoreThreadTimeOut(true);
		return newScheduler;
	}

	/**
	 * Stops the threads. No action is run any more.
	 */
	@Override
	public void destroy() {
		if (this.scheduler instanceof ThreadPoolTaskScheduler threads) {
			threads.shutdown();
		}
	}

	/**
	 * Watches an SSO session.
	 * @param ssoSession the SSO session
	 * @param action is run once when the SSO session ends, on a thread of its own, and at
	 * once if it has ended already
	 * @return the watch, to be closed when the action is not needed any more
	 */
	public Watch watch(SsoSession ssoSession, Runnable action) {
		Assert.notNull(ssoSession, "ssoSession cannot be null");
		Assert.notNull(action, "action cannot be null");
		return new Watch(ssoSession.id(), ssoSession, action).begin();
	}

	/**
	 * Watches the SSO session of a user. If the authentication does not have access to
	 * it, as between requests in some applications, its expiry is not noticed.
	 * @param authentication the authentication of the user
	 * @param action is run once when the SSO session ends, on a thread of its own, and at
	 * once if it has ended already
	 * @return the watch, to be closed when the action is not needed any more, or
	 * {@code null} if the authentication does not name an SSO session
	 */
	public @Nullable Watch watch(@Nullable Authentication authentication, Runnable action) {
		if (!(authentication instanceof UltraCartAuthenticationToken token)) {
			return null;
		}
		if (token.simpleKeySupplier() instanceof SsoSessionKey key && key.ssoSessions() == this.ssoSessions) {
			return watch(key.ssoSession(), action);
		}
		String id = token.getSsoSessionId();
		return (id != null) ? new Watch(id, null, action).begin() : null;
	}

	/**
	 * Returns how many SSO sessions are watched.
	 */
	int size() {
		return this.watches.size();
	}

	/**
	 * Watch over an SSO session.
	 */
	public final class Watch implements AutoCloseable {

		private final AtomicBoolean open = new AtomicBoolean(true);

		private final String id;

		private final @Nullable SsoSession ssoSession;

		private final Runnable action;

		private volatile @Nullable Future<?> timer;

		private Watch(String id, @Nullable SsoSession ssoSession, Runnable action) {
			this.id = id;
			this.ssoSession = ssoSession;
			this.action = action;
		}

		private Watch begin() {
			SsoSessionWatch.this.watches.compute(this.id, (key, others) -> {
				Set<Watch> all = (others != null) ? others : ConcurrentHashMap.newKeySet();
				all.add(this);
				return all;
			});
			// afterwards, so that no end is missed
			endIfOver();
			return this;
		}

		private void endIfOver() {
			Duration left = timeLeft();
			if (left != null && left.isZero()) {
				end();
			}
			else if (left != null) {
				this.timer = schedule(this::endIfOver, (left.compareTo(LONGEST_WAIT) < 0) ? left : LONGEST_WAIT);
				if (!this.open.get()) {
					cancelTimer();
				}
			}
		}

		/**
		 * Returns the time until the end of the SSO session, or {@code null} if it is not
		 * known.
		 */
		private @Nullable Duration timeLeft() {
			SsoSessions all = SsoSessionWatch.this.ssoSessions;
			if (this.ssoSession != null) {
				return all.timeLeft(this.ssoSession);
			}
			return all.isOver(this.id) ? Duration.ZERO : null;
		}

		@SuppressWarnings("FutureReturnValueIgnored")
		private void end() {
			if (stop()) {
				schedule(this::run, Duration.ZERO);
			}
		}

		private boolean stop() {
			if (!this.open.compareAndSet(true, false)) {
				return false;
			}
			SsoSessionWatch.this.watches.computeIfPresent(this.id, (key, all) -> {
				all.remove(this);
				return all.isEmpty() ? null : all;
			});
			cancelTimer();
			return true;
		}

		private void run() {
			try {
				this.action.run();
			}
			catch (RuntimeException ex) {
				logger.warn("What belongs to an SSO session that has ended could not be closed", ex);
			}
		}

		private @Nullable Future<?> schedule(Runnable task, Duration delay) {
			TaskScheduler tasks = SsoSessionWatch.this.scheduler;
			try {
				return tasks.schedule(task, tasks.getClock().instant().plus(delay));
			}
			catch (TaskRejectedException ex) {
				logger.debug("The application is shutting down", ex);
				return null;
			}
		}

		/**
		 * Returns whether the SSO session has ended.
		 * @return {@code true} if it has
		 */
		public boolean isOver() {
			Duration left = timeLeft();
			return left != null && left.isZero();
		}

		/**
		 * Stops watching. The action is not run any more.
		 */
		@Override
		public void close() {
			stop();
		}

		private void cancelTimer() {
			Future<?> current = this.timer;
			if (current != null) {
				current.cancel(false);
			}
		}

	}

}
