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

import java.util.Optional;
import java.util.function.Supplier;

import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.SsoSession;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.util.Assert;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Resolves parameters of controller methods that are annotated with
 * {@link CurrentSsoSession}.
 *
 * @since 0.1
 */
public final class CurrentSsoSessionArgumentResolver implements HandlerMethodArgumentResolver {

	private final Supplier<CurrentSsoSessions> currentSsoSessions;

	/**
	 * Creates a resolver.
	 * @param currentSsoSessions returns what finds SSO sessions. It is called each time a
	 * parameter is resolved
	 */
	public CurrentSsoSessionArgumentResolver(Supplier<CurrentSsoSessions> currentSsoSessions) {
		Assert.notNull(currentSsoSessions, "currentSsoSessions cannot be null");
		this.currentSsoSessions = currentSsoSessions;
	}

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		// the parameter's own annotations include those of a controller's interface
		return parameter.hasParameterAnnotation(CurrentSsoSession.class)
				|| AnnotatedElementUtils.hasAnnotation(parameter.getParameter(), CurrentSsoSession.class);
	}

	/**
	 * Resolves the parameter.
	 * @return the SSO session or an {@link Optional} of it, or {@code null} if there is
	 * none and the parameter may be {@code null}
	 * @throws AuthenticationCredentialsNotFoundException if there is none and the
	 * parameter is required. The entry point handles it with a login
	 * @throws AccessDeniedException if there is none because another user acts as the
	 * user of the request
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
		CurrentSsoSessions current = this.currentSsoSessions.get();
		SsoSession ssoSession = current.find();
		if (parameter.getParameterType() == Optional.class) {
			return Optional.ofNullable(ssoSession);
		}
		if (ssoSession == null && !parameter.isOptional()) {
			if (current.isImpersonation()) {
				throw new AccessDeniedException("Another user acts as the user of the request, so there is no SSO"
						+ " session, which a parameter of " + parameter.getExecutable() + " needs");
			}
			throw new AuthenticationCredentialsNotFoundException(
					"The request has no SSO session with UltraCart, which a parameter of " + parameter.getExecutable()
							+ " needs. Protect its URL, or make the parameter an Optional");
		}
		return ssoSession;
	}

}
