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

package io.github.ultracartsso.autoconfigure.api;

import io.github.ultracartsso.session.SsoSessionEndedException;
import io.github.ultracartsso.client.UltraCartApiException;
import io.micrometer.common.KeyValue;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.client.observation.ClientHttpObservationDocumentation.LowCardinalityKeyNames;
import org.springframework.http.client.observation.ClientRequestObservationContext;
import org.springframework.http.client.observation.DefaultClientRequestObservationConvention;

/**
 * Observes failed calls with the status of the response. Without it they would have none,
 * because a failed call ends with an exception in place of a response.
 */
final class UltraCartApiObservationConvention extends DefaultClientRequestObservationConvention {

	@Override
	protected KeyValue status(ClientRequestObservationContext context) {
		Integer status = status(context.getError());
		return (status != null) ? KeyValue.of(LowCardinalityKeyNames.STATUS, String.valueOf(status))
				: super.status(context);
	}

	@Override
	protected KeyValue outcome(ClientRequestObservationContext context) {
		Integer status = status(context.getError());
		HttpStatus.Series series = (status != null) ? HttpStatus.Series.resolve(status) : null;
		return (series != null) ? KeyValue.of(LowCardinalityKeyNames.OUTCOME, series.name()) : super.outcome(context);
	}

	private static @Nullable Integer status(@Nullable Throwable error) {
		if (error instanceof UltraCartApiException ex) {
			return ex.getStatus();
		}
		return (error instanceof SsoSessionEndedException) ? Integer.valueOf(HttpStatus.UNAUTHORIZED.value()) : null;
	}

}
