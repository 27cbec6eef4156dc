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

import org.springframework.core.annotation.AliasFor;
import org.springframework.security.test.context.support.TestExecutionEvent;
import org.springframework.security.test.context.support.WithSecurityContext;

/**
 * Runs a test as a user who has signed in with UltraCart. The application's
 * {@code UltraCartUserMapper} maps the user, so that the test has the authorities that
 * the application grants. UltraCart is not called.
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
	 * The login name of the user.
	 * @return the login
	 */
	String login() default "user";

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
	 * When the security context is set up, relative to the test's preparation.
	 * @return the moment
	 */
	@AliasFor(annotation = WithSecurityContext.class)
	TestExecutionEvent setupBefore() default TestExecutionEvent.TEST_METHOD;

}
