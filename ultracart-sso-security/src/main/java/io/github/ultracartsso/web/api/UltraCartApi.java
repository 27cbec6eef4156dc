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

package io.github.ultracartsso.web.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Qualifies a {@link org.springframework.web.client.RestClient} that calls UltraCart's
 * API, either on behalf of the signed-in user or as the application:
 *
 * <pre class="code">
 * OrderService(&#64;UltraCartApi RestClient ultraCart) { … }
 *
 * NightlyExport(&#64;UltraCartApi(as = Caller.APPLICATION) RestClient ultraCart) { … }
 * </pre>
 *
 * It has the base URL and the version of the API, sends the credential of its caller to
 * UltraCart, rejects requests to any other origin, and reads and writes JSON as
 * {@link io.github.ultracartsso.client.http.UltraCartJsonMapperCustomizer UltraCart
 * does}. Apart from that it behaves as described at {@link UltraCartKeyInterceptor}.
 * Neither client ever sends the credential of the other caller.
 *
 * @since 0.1
 */
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Qualifier
public @interface UltraCartApi {

	/**
	 * Returns as whom UltraCart is called.
	 * @return the caller, by default the signed-in user
	 */
	Caller as() default Caller.USER;

	/**
	 * As whom UltraCart is called.
	 */
	enum Caller {

		/**
		 * The user in the security context, with that user's key and permissions. Without
		 * a signed-in user a call fails.
		 */
		USER,

		/**
		 * The application, with its own credential and the permissions that this has at
		 * UltraCart, no matter who is signed in. For scheduled jobs, event listeners and
		 * start-up tasks. In the code of a request it lets users do what their own
		 * permissions may not allow.
		 */
		APPLICATION

	}

}
