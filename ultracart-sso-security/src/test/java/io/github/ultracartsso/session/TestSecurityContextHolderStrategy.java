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

import java.util.function.Supplier;

import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.util.function.SingletonSupplier;

/**
 * A place for security contexts that the static one knows nothing of.
 */
public final class TestSecurityContextHolderStrategy implements SecurityContextHolderStrategy {

	private final ThreadLocal<Supplier<SecurityContext>> context = ThreadLocal
		.withInitial(() -> SingletonSupplier.of(SecurityContextImpl::new));

	@Override
	public void clearContext() {
		this.context.remove();
	}

	@Override
	public SecurityContext getContext() {
		return this.context.get().get();
	}

	@Override
	public void setContext(SecurityContext context) {
		this.context.set(() -> context);
	}

	@Override
	public Supplier<SecurityContext> getDeferredContext() {
		return this.context.get();
	}

	@Override
	public void setDeferredContext(Supplier<SecurityContext> deferredContext) {
		this.context.set(SingletonSupplier.of(deferredContext));
	}

	@Override
	public SecurityContext createEmptyContext() {
		return new SecurityContextImpl();
	}

}
