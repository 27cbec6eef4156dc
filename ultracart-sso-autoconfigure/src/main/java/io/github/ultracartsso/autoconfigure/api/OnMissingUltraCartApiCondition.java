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

import java.util.List;
import java.util.stream.Stream;

import io.github.ultracartsso.web.api.UltraCartApi;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.web.client.RestClient;

/**
 * Matches if the application has no {@link RestClient} bean with the {@link UltraCartApi}
 * qualifier of the annotated bean method. Spring Boot's condition on missing beans
 * ignores beans that are no default candidates, and such a bean should be none.
 */
final class OnMissingUltraCartApiCondition extends SpringBootCondition implements ConfigurationCondition {

	@Override
	public ConfigurationPhase getConfigurationPhase() {
		return ConfigurationPhase.REGISTER_BEAN;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		UltraCartApi.Caller caller = metadata.getAnnotations()
			.get(UltraCartApi.class)
			.getEnum("as", UltraCartApi.Caller.class);
		List<String> own = (context.getBeanFactory() != null) ? findOwn(context.getBeanFactory(), caller) : List.of();
		ConditionMessage.Builder message = ConditionMessage
			.forCondition("Missing @UltraCartApi RestClient for calls as " + caller);
		return own.isEmpty() ? ConditionOutcome.match(message.didNotFind("any beans").atAll())
				: ConditionOutcome.noMatch(message.found("bean", "beans").items(own));
	}

	private static List<String> findOwn(ListableBeanFactory beans, UltraCartApi.Caller caller) {
		return Stream.of(beans.getBeanNamesForType(RestClient.class, true, false)).filter((name) -> {
			UltraCartApi own = beans.findAnnotationOnBean(name, UltraCartApi.class, false);
			return own != null && own.as() == caller;
		}).toList();
	}

}
