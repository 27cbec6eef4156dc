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

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.ultracartsso.session.SsoSession;

/**
 * Gives a controller the SSO session of the user who makes the request, key and all:
 *
 * <pre class="code">
 * &#64;GetMapping("/orders")
 * String orders(&#64;CurrentSsoSession SsoSession ssoSession) { … }
 * </pre>
 * <p>
 * The parameter is an {@link io.github.ultracartsso.session.SsoSession}, or an
 * {@link java.util.Optional} of one. A request without an SSO session ends in a login,
 * unless the parameter is optional or {@code @Nullable}.
 * <p>
 * The key is opened for each request that asks for it. Send it to UltraCart alone, and
 * neither keep nor log it.
 *
 * @since 0.1
 * @see CurrentSsoSessionArgumentResolver
 */
@Target({ ElementType.PARAMETER, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface CurrentSsoSession {

}
