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

package io.github.ultracartsso.web;

import java.util.Optional;
import java.util.function.Supplier;

import io.github.ultracartsso.authentication.SsoSession;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.util.Assert;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Resolves parameters of controllers that have {@link CurrentSsoSession}.
 *
 * @since 0.1
 */
public final class CurrentSsoSessionArgumentResolver implements HandlerMethodArgumentResolver {

	private final Supplier<SsoSessionRepository> ssoSessionRepository;

	private SecurityContextHolderStrategy securityContextHolderStrategy = SecurityContextHolder
		.getContextHolderStrategy();

	/**
	 * Creates a resolver.
	 * @param ssoSessionRepository finds where SSO sessions are kept; it is asked whenever
	 * a parameter is resolved
	 */
	public CurrentSsoSessionArgumentResolver(Supplier<SsoSessionRepository> ssoSessionRepository) {
		Assert.notNull(ssoSessionRepository, "ssoSessionRepository cannot be null");
		this.ssoSessionRepository = ssoSessionRepository;
	}

	/**
	 * Sets where the security context of the request is. Defaults to the strategy of
	 * {@link SecurityContextHolder}.
	 * @param securityContextHolderStrategy the strategy
	 */
	public void setSecurityContextHolderStrategy(SecurityContextHolderStrategy securityContextHolderStrategy) {
		Assert.notNull(securityContextHolderStrategy, "securityContextHolderStrategy cannot be null");
		this.securityContextHolderStrategy = securityContextHolderStrategy;
	}

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		// the parameter's own annotations include those of a controller's interface
		return parameter.hasParameterAnnotation(CurrentSsoSession.class)
				|| AnnotatedElementUtils.hasAnnotation(parameter.getParameter(), CurrentSsoSession.class);
	}

	/**
	 * Resolves the parameter.
	 * @return the SSO session, or an {@link Optional} of it; {@code null} if there is
	 * none and the parameter need not have one
	 * @throws AuthenticationCredentialsNotFoundException if there is none, which the
	 * entry point answers with a login
	 * @throws IllegalStateException if the parameter is of another type
	 */
	@Override
	public @Nullable Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer mavContainer,
			NativeWebRequest webRequest, @Nullable WebDataBinderFactory binderFactory) {
		Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
		if (type != SsoSession.class) {
			throw new IllegalStateException("A parameter with @CurrentSsoSession has to be an SsoSession or an"
					+ " Optional<SsoSession>, but is of type " + type.getName() + " in " + parameter.getExecutable());
		}
		SsoSession ssoSession = ssoSession(webRequest);
		if (parameter.getParameterType() == Optional.class) {
			return Optional.ofNullable(ssoSession);
		}
		if (ssoSession == null && !parameter.isOptional()) {
			throw new AuthenticationCredentialsNotFoundException(
					"The request has no SSO session with UltraCart, which a parameter of " + parameter.getExecutable()
							+ " needs. Protect its URL, or make the parameter an Optional");
		}
		return ssoSession;
	}

	/**
	 * Where the context has nobody who has signed in with UltraCart, the session may
	 * still hold a key, but it is not for this request.
	 */
	private @Nullable SsoSession ssoSession(NativeWebRequest webRequest) {
		Authentication authentication = this.securityContextHolderStrategy.getContext().getAuthentication();
		HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
		return (authentication != null && request != null && UltraCartFactor.isIn(authentication))
				? this.ssoSessionRepository.get().loadSsoSession(request) : null;
	}

}
