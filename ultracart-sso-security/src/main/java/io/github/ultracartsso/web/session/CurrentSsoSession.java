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
 * Injects the SSO session of the user of the request, with access to the key, into a
 * controller method:
 *
 * <pre class="code">
 * &#64;GetMapping("/orders")
 * String orders(&#64;CurrentSsoSession SsoSession ssoSession) { … }
 * </pre>
 * <p>
 * The parameter is an {@link io.github.ultracartsso.session.SsoSession} or an
 * {@link java.util.Optional} of one. A request without an SSO session has to sign in,
 * unless the parameter is optional or {@code @Nullable}.
 * <p>
 * The key is decrypted when it is asked for. Send it only to UltraCart, and neither store
 * nor log it.
 *
 * @since 0.1
 * @see CurrentSsoSessionArgumentResolver
 */
@Target({ ElementType.PARAMETER, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface CurrentSsoSession {

}
