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

package io.github.ultracartsso.web.session;

import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.context.SecurityContext;

/**
 * Guards the context when it is first asked for. Only the thread of the request asks, so
 * there is no lock. What the guard itself works with, such as a repository or a user
 * mapper of the application, may ask too, and gets the context as it was before.
 */
final class GuardedSecurityContext implements Supplier<SecurityContext> {

	private final Supplier<SecurityContext> unguarded;

	private final Function<Supplier<SecurityContext>, SecurityContext> guard;

	private boolean looking;

	private @Nullable SecurityContext context;

	GuardedSecurityContext(Supplier<SecurityContext> unguarded,
			Function<Supplier<SecurityContext>, SecurityContext> guard) {
		this.unguarded = unguarded;
		this.guard = guard;
	}

	@Override
	public SecurityContext get() {
		SecurityContext current = this.context;
		if (current != null) {
			return current;
		}
		if (this.looking) {
			return this.unguarded.get();
		}
		this.looking = true;
		try {
			current = this.guard.apply(this.unguarded);
		}
		finally {
			this.looking = false;
		}
		this.context = current;
		return current;
	}

}
