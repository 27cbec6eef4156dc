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

package io.github.ultracartsso.web.access;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.ultracartsso.authentication.UltraCartFactor;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.authorization.MissingGrants;
import io.github.ultracartsso.client.LogText;
import io.github.ultracartsso.session.BoundedMemory;
import io.github.ultracartsso.web.NavigationRequestMatcher;
import io.github.ultracartsso.web.PageTexts;
import io.github.ultracartsso.web.ProblemResponse;
import io.github.ultracartsso.web.RequestLocaleResolver;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.context.MessageSourceAware;
import org.springframework.core.log.LogMessage;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.Assert;

/**
 * Responds with 403 to users who have signed in with UltraCart and are denied access, and
 * names the permissions and groups that they lack. A navigation gets a page, all other
 * requests get {@code application/problem+json} with the members {@code missing}, a list
 * of names, and {@code ask}, what the user can do.
 * <p>
 * What is missing is known of checks by names of UltraCart, and of {@code hasRole} and
 * {@code hasAuthority} as far as a permission or a group becomes that authority. Of other
 * checks, the response tells only that access is denied.
 * <p>
 * All other users, and requests without a valid CSRF token, get Spring Security's own
 * 403. Each denial is logged at the level DEBUG, and the first of a user for the same
 * reason within an hour at INFO.
 *
 * @since 0.1
 * @see AccessDeniedExplanation
 */
public final class UltraCartAccessDeniedHandler implements AccessDeniedHandler, MessageSourceAware {

	private static final Log logger = LogFactory.getLog(UltraCartAccessDeniedHandler.class);

	private static final String TEXTS = "ultracart.sso.access-denied.";

	private static final int MAX_REMEMBERED = 1000;

	private static final Duration REMEMBERED_FOR = Duration.ofHours(1);

	private static final int MAX_TEXT_LENGTH = 300;

	private final BoundedMemory<Boolean> logged = new BoundedMemory<>(MAX_REMEMBERED, REMEMBERED_FOR);

	private final AuthenticationTrustResolver trustResolver = new AuthenticationTrustResolverImpl();

	private final RequestMatcher navigation = new NavigationRequestMatcher();

	private final AccessDeniedHandler plain = new AccessDeniedHandlerImpl();

	private final ProblemResponse problem = new ProblemResponse();

	private final MissingGrants missingGrants;

	private final AccessDeniedPage page;

	private final UltraCartAccessDeniedSettings settings;

	private PageTexts texts = new PageTexts(TEXTS, null);

	private RequestLocaleResolver localeResolver = RequestLocaleResolver.ofContext();

	private SecurityContextHolderStrategy securityContextHolderStrategy = SecurityContextHolder
		.getContextHolderStrategy();

	/**
	 * Creates a handler.
	 * @param missingGrants finds out what a user lacks
	 * @param page the page for navigations
	 * @param settings the settings
	 */
	public UltraCartAccessDeniedHandler(MissingGrants missingGrants, AccessDeniedPage page,
			UltraCartAccessDeniedSettings settings) {
		Assert.notNull(missingGrants, "missingGrants cannot be null");
		Assert.notNull(page, "page cannot be null");
		Assert.notNull(settings, "settings cannot be null");
		this.missingGrants = missingGrants;
		this.page = page;
		this.settings = settings;
	}

	/**
	 * Sets the strategy that holds the security context. Defaults to the strategy of
	 * {@link SecurityContextHolder}.
	 * @param securityContextHolderStrategy the strategy
	 */
	public void setSecurityContextHolderStrategy(SecurityContextHolderStrategy securityContextHolderStrategy) {
		Assert.notNull(securityContextHolderStrategy, "securityContextHolderStrategy cannot be null");
		this.securityContextHolderStrategy = securityContextHolderStrategy;
	}

	/**
	 * Sets the clock that tells when a denial is logged at INFO again. Defaults to the
	 * system clock.
	 * @param clock the clock
	 */
	public void setClock(Clock clock) {
		Assert.notNull(clock, "clock cannot be null");
		this.logged.setClock(clock);
	}

	/**
	 * Sets the source of the texts. By default, and where it has no text of a code, the
	 * texts are English.
	 */
	@Override
	public void setMessageSource(MessageSource messageSource) {
		Assert.notNull(messageSource, "messageSource cannot be null");
		this.texts = new PageTexts(TEXTS, messageSource);
	}

	/**
	 * Sets what determines the language of the texts. Defaults to
	 * {@link RequestLocaleResolver#ofContext()}.
	 * @param localeResolver the resolver
	 */
	public void setLocaleResolver(RequestLocaleResolver localeResolver) {
		Assert.notNull(localeResolver, "localeResolver cannot be null");
		this.localeResolver = localeResolver;
	}

	/**
	 * Returns whether the current user has signed in with UltraCart.
	 * @return whether this handler responds to the current user itself
	 */
	public boolean isForCurrentUser() {
		return isForUser(this.securityContextHolderStrategy.getContext().getAuthentication());
	}

	private boolean isForUser(@Nullable Authentication authentication) {
		return authentication != null && this.trustResolver.isAuthenticated(authentication)
				&& (authentication.getPrincipal() instanceof UltraCartUser || UltraCartFactor.isIn(authentication));
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
			throws IOException, ServletException {
		Authentication authentication = this.securityContextHolderStrategy.getContext().getAuthentication();
		if (denied instanceof CsrfException || response.isCommitted() || authentication == null
				|| !isForUser(authentication)) {
			this.plain.handle(request, response, denied);
			return;
		}
		AuthorizationResult result = (denied instanceof AuthorizationDeniedException ex) ? ex.getAuthorizationResult()
				: null;
		AccessDeniedExplanation explanation = new AccessDeniedExplanation(
				this.missingGrants.find(result, authentication), this.texts,
				this.localeResolver.resolveLocale(request));
		log(request, authentication, explanation, result);
		if (!this.settings.explain()) {
			this.plain.handle(request, response, denied);
		}
		else if (this.navigation.matches(request)) {
			request.setAttribute(AccessDeniedExplanation.ATTRIBUTE, explanation);
			if (this.settings.errorPages()) {
				this.plain.handle(request, response, denied);
			}
			else {
				ProblemResponse.discardBegunBody(response);
				this.page.send(request, response, explanation);
			}
		}
		else {
			ProblemResponse.discardBegunBody(response);
			this.problem.send(response, HttpStatus.FORBIDDEN, explanation.getDetail(), members(explanation));
		}
	}

	private static Map<String, ?> members(AccessDeniedExplanation explanation) {
		Map<String, Object> members = new LinkedHashMap<>();
		if (explanation.getAsk() != null) {
			members.put("missing", explanation.getMissing());
			members.put("ask", explanation.getAsk());
		}
		return members;
	}

	private void log(HttpServletRequest request, Authentication authentication, AccessDeniedExplanation explanation,
			@Nullable AuthorizationResult result) {
		String user = (authentication.getPrincipal() instanceof UltraCartUser principal) ? principal.toString()
				: LogText.clean(authentication.getName(), MAX_TEXT_LENGTH);
		String reason = explanation.getMissing().isEmpty() ? "no permission or group is known to grant " + result
				: "missing " + explanation.getMissing();
		LogMessage message = LogMessage.format("%s was denied %s %s: %s", user,
				LogText.clean(request.getMethod(), MAX_TEXT_LENGTH),
				LogText.clean(request.getRequestURI(), MAX_TEXT_LENGTH), LogText.clean(reason, MAX_TEXT_LENGTH));
		if (this.logged.putIfAbsent(user + reason, true)) {
			logger.info(message);
		}
		else {
			logger.debug(message);
		}
	}

}
