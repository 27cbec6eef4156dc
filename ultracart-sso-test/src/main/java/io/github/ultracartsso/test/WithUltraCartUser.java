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

package io.github.ultracartsso.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.ultracartsso.authentication.UltraCartUser;

import org.springframework.core.annotation.AliasFor;
import org.springframework.security.test.context.support.TestExecutionEvent;
import org.springframework.security.test.context.support.WithSecurityContext;

/**
 * Runs a test as a user who has signed in with UltraCart. The application's
 * {@code UltraCartUserMapper} maps the user, so that the test has the authorities that
 * the application grants. UltraCart is not called.
 * <p>
 * Users whom several tests have in common get an annotation of their own, with
 * {@code @AliasFor} for what differs: <pre class="code">
 * &#64;Retention(RetentionPolicy.RUNTIME)
 * &#64;WithUltraCartUser(login = "wanda", groups = "Warehouse")
 * &#64;interface AsPacker {
 *
 *     &#64;AliasFor(annotation = WithUltraCartUser.class)
 *     String[] permissions() default {};
 *
 * }
 * </pre>
 *
 * @since 0.1
 * @see UltraCartMockMvc#ultraCartLogin()
 */
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@WithSecurityContext(factory = WithUltraCartUserSecurityContextFactory.class)
public @interface WithUltraCartUser {

	/**
	 * The location of a JSON document of the user, in place of the login, permissions and
	 * groups: UltraCart's own, or one with plain names of permissions and groups.
	 * @return a path on the class path, or another location of a Spring resource
	 * @see io.github.ultracartsso.test.simulator.SimulatedUser#read(java.io.InputStream)
	 */
	String value() default "";

	/**
	 * The login name of the user.
	 * @return the login
	 */
	String login() default TestUser.DEFAULT_LOGIN;

	/**
	 * The permissions the user has.
	 * @return names as UltraCart spells them, such as {@code View Items}
	 */
	String[] permissions() default {};

	/**
	 * The groups the user is a member of.
	 * @return names as UltraCart spells them
	 */
	String[] groups() default {};

	/**
	 * The id of the registration that the user has signed in with.
	 * @return the registration id
	 */
	String registration() default UltraCartUser.DEFAULT_REGISTRATION_ID;

	/**
	 * When the security context is set up, relative to the test's preparation.
	 * @return the moment
	 */
	@AliasFor(annotation = WithSecurityContext.class)
	TestExecutionEvent setupBefore() default TestExecutionEvent.TEST_METHOD;

}
