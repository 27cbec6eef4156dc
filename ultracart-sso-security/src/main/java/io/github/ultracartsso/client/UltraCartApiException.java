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

package io.github.ultracartsso.client;

import java.io.Serial;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponse;

/**
 * A call to UltraCart failed. The message names the call, the outcome and UltraCart's
 * explanation. It has no control characters and never contains a key, a code or a state.
 * <p>
 * Subtypes exist for what an application may want to handle; {@link #getFailure()} is the
 * exact reason. If a request does not handle it, Spring MVC responds with a status that
 * fits: 403 or 404 like UltraCart, 503 with {@code Retry-After} if the call may succeed
 * later, and otherwise 502.
 *
 * @since 0.1
 */
public sealed class UltraCartApiException extends RuntimeException implements ErrorResponse
		permits UltraCartForbiddenException, UltraCartRateLimitException, UltraCartUnavailableException {

	@Serial
	private static final long serialVersionUID = 1L;

	private static final Duration DEFAULT_RETRY_AFTER = Duration.ofSeconds(30);

	private final UltraCartApiFailure failure;

	private final @Nullable String call;

	private final @Nullable Integer status;

	private final @Nullable String errorCode;

	private final @Nullable String userMessage;

	private final @Nullable String requestId;

	private final @Nullable Duration retryAfter;

	private transient @Nullable ProblemDetail body;

	// negated, so that what an earlier version has serialized counts as sent
	private final boolean notSent;

	UltraCartApiException(Builder builder) {
		super(builder.message, builder.cause);
		this.failure = builder.failure;
		this.call = builder.call;
		this.status = builder.status;
		this.errorCode = builder.errorCode;
		this.userMessage = builder.userMessage;
		this.requestId = builder.requestId;
		this.retryAfter = builder.retryAfter;
		this.notSent = builder.notSent;
	}

	/**
	 * Starts an exception.
	 * @param failure why the call failed
	 * @param message what happened
	 * @return a builder
	 */
	public static Builder withFailure(UltraCartApiFailure failure, String message) {
		return new Builder(failure, message);
	}

	/**
	 * Returns the same failure with another time to wait.
	 * @param retryAfter the time to wait
	 * @return a new exception
	 */
	public UltraCartApiException withRetryAfter(Duration retryAfter) {
		return copy(String.valueOf(getMessage())).retryAfter(retryAfter).build();
	}

	/**
	 * Returns the same failure with another message.
	 * @param message what happened, without secrets
	 * @return a new exception
	 */
	public UltraCartApiException withMessage(String message) {
		return copy(message).build();
	}

	private Builder copy(String message) {
		Builder builder = new Builder(this.failure, message);
		builder.call = this.call;
		builder.status = this.status;
		builder.errorCode = this.errorCode;
		builder.userMessage = this.userMessage;
		builder.requestId = this.requestId;
		builder.retryAfter = this.retryAfter;
		builder.cause = getCause();
		builder.notSent = this.notSent;
		return builder;
	}

	/**
	 * Returns why the call failed.
	 * @return the kind of failure
	 */
	public UltraCartApiFailure getFailure() {
		return this.failure;
	}

	/**
	 * Returns which call failed.
	 * @return UltraCart's name of the call, such as {@code ssoAuthorize}, or the method
	 * and path, with {@code as the application} where it is not for a user; {@code null}
	 * if it is unknown
	 */
	public @Nullable String getCall() {
		return this.call;
	}

	/**
	 * Returns the HTTP status of UltraCart's response.
	 * @return the status, or {@code null} if there is no response
	 */
	public @Nullable Integer getStatus() {
		return this.status;
	}

	/**
	 * Returns the {@code error_code} of UltraCart's error object, which real responses
	 * usually lack.
	 * @return the code, or {@code null}
	 */
	public @Nullable String getErrorCode() {
		return this.errorCode;
	}

	/**
	 * Returns the {@code user_message} of UltraCart's error object, which UltraCart
	 * <a href=
	 * "https://ultracart.atlassian.net/wiki/spaces/ucdoc/pages/1498382337/REST+API+Errors">calls</a>
	 * safe to display to users. Escape it like any other untrusted text.
	 * @return the message on one line, or {@code null} if there is none
	 */
	public @Nullable String getUserMessage() {
		return this.userMessage;
	}

	/**
	 * Returns the {@code X-UltraCart-Request-Id} of the response, to be quoted to
	 * UltraCart's support.
	 * @return the id, or {@code null} if there is none
	 */
	public @Nullable String getRequestId() {
		return this.requestId;
	}

	/**
	 * Returns how long UltraCart asks to wait before the next call.
	 * @return the time to wait, never negative, or {@code null} if unspecified
	 */
	public @Nullable Duration getRetryAfter() {
		return this.retryAfter;
	}

	/**
	 * Returns whether the request may have reached UltraCart.
	 * @return {@code false} only if it has certainly not: the call was rejected here, or
	 * no connection was made
	 */
	public boolean wasSent() {
		return !this.notSent;
	}

	/**
	 * Returns the status of a response to a request that failed because of this and does
	 * not handle it: UltraCart's own if that is 403 or 404, 503 if the call may succeed
	 * later, and otherwise 502, since the request is not at fault.
	 * @return the status
	 */
	@Override
	public HttpStatusCode getStatusCode() {
		if (isForLater()) {
			return HttpStatus.SERVICE_UNAVAILABLE;
		}
		HttpStatus ultraCarts = (this.status != null) ? HttpStatus.resolve(this.status) : null;
		return (ultraCarts == HttpStatus.FORBIDDEN || ultraCarts == HttpStatus.NOT_FOUND) ? ultraCarts
				: HttpStatus.BAD_GATEWAY;
	}

	/**
	 * Returns whether UltraCart or this application has limited the rate of calls, so
	 * that the same call may succeed later.
	 */
	private boolean isForLater() {
		return this.failure == UltraCartApiFailure.RATE_LIMITED || (this.notSent && this.retryAfter != null);
	}

	/**
	 * Returns {@code Retry-After} if the call may succeed later.
	 * @return the headers of the response
	 */
	@Override
	public HttpHeaders getHeaders() {
		HttpHeaders headers = new HttpHeaders();
		if (isForLater()) {
			Duration wait = (this.retryAfter != null) ? this.retryAfter : DEFAULT_RETRY_AFTER;
			// rounded up, so that a retry after this time is not rejected
			headers.set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, wait.plusNanos(999_999_999).toSeconds())));
		}
		return headers;
	}

	/**
	 * Returns a description for users: UltraCart's message to them, if there is one, and
	 * the request id. If UltraCart rejects the application, its message is left out: it
	 * may ask users to sign in again, which does not help.
	 * @return the body of the response, without secrets. It is the same object each time,
	 * so changes to it are kept
	 */
	@Override
	public ProblemDetail getBody() {
		ProblemDetail current = this.body;
		if (current == null) {
			current = newBody();
			this.body = current;
		}
		return current;
	}

	private ProblemDetail newBody() {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(getStatusCode(),
				(this.userMessage != null && !isAboutApplication()) ? this.userMessage : description());
		if (this.requestId != null) {
			problem.setProperty("requestId", this.requestId);
		}
		return problem;
	}

	private boolean isAboutApplication() {
		return this.failure == UltraCartApiFailure.CREDENTIAL_REJECTED
				|| this.failure == UltraCartApiFailure.APPLICATION_DISABLED;
	}

	private String description() {
		return switch (HttpStatus.valueOf(getStatusCode().value())) {
			case FORBIDDEN -> "UltraCart does not permit this.";
			case NOT_FOUND -> "UltraCart does not know what was asked for.";
			case SERVICE_UNAVAILABLE -> "UltraCart cannot be called now. Try again later.";
			default -> "UltraCart has not given a usable response.";
		};
	}

	/**
	 * Builds an {@link UltraCartApiException}.
	 */
	public static final class Builder {

		private final UltraCartApiFailure failure;

		private final String message;

		private @Nullable String call;

		private @Nullable Integer status;

		private @Nullable String errorCode;

		private @Nullable String userMessage;

		private @Nullable String requestId;

		private @Nullable Duration retryAfter;

		private @Nullable Throwable cause;

		private boolean notSent;

		private Builder(UltraCartApiFailure failure, String message) {
			this.failure = failure;
			this.message = message;
		}

		/**
		 * Sets which call failed.
		 * @param call UltraCart's name of the call
		 * @return this builder
		 */
		public Builder call(String call) {
			this.call = call;
			return this;
		}

		/**
		 * Sets the HTTP status of the response.
		 * @param status the status
		 * @return this builder
		 */
		public Builder status(int status) {
			this.status = status;
			return this;
		}

		/**
		 * Sets UltraCart's {@code error_code}.
		 * @param errorCode the code, or {@code null}
		 * @return this builder
		 */
		public Builder errorCode(@Nullable String errorCode) {
			this.errorCode = errorCode;
			return this;
		}

		/**
		 * Sets UltraCart's {@code user_message}.
		 * @param userMessage the message, or {@code null}
		 * @return this builder
		 */
		public Builder userMessage(@Nullable String userMessage) {
			this.userMessage = userMessage;
			return this;
		}

		/**
		 * Sets the {@code X-UltraCart-Request-Id} of the response.
		 * @param requestId the id, or {@code null}
		 * @return this builder
		 */
		public Builder requestId(@Nullable String requestId) {
			this.requestId = requestId;
			return this;
		}

		/**
		 * Sets how long UltraCart asks to wait.
		 * @param retryAfter the time to wait, or {@code null}
		 * @return this builder
		 */
		public Builder retryAfter(@Nullable Duration retryAfter) {
			this.retryAfter = retryAfter;
			return this;
		}

		/**
		 * Sets the cause. Its message must contain no secret.
		 * @param cause the cause, or {@code null}
		 * @return this builder
		 */
		public Builder cause(@Nullable Throwable cause) {
			this.cause = cause;
			return this;
		}

		/**
		 * States that the request has certainly not reached UltraCart.
		 * @return this builder
		 */
		public Builder notSent() {
			this.notSent = true;
			return this;
		}

		/**
		 * Builds the exception.
		 * @return the exception, of the type for the failure and the status
		 */
		public UltraCartApiException build() {
			return switch (this.failure) {
				case RATE_LIMITED -> new UltraCartRateLimitException(this);
				case SERVER_ERROR, NO_RESPONSE, INVALID_RESPONSE -> new UltraCartUnavailableException(this);
				case REFUSED -> isForbidden() ? new UltraCartForbiddenException(this) : new UltraCartApiException(this);
				case INVALID_REQUEST, CREDENTIAL_REJECTED, APPLICATION_DISABLED -> new UltraCartApiException(this);
			};
		}

		private boolean isForbidden() {
			return this.status != null && this.status == HttpStatus.FORBIDDEN.value();
		}

	}

}
