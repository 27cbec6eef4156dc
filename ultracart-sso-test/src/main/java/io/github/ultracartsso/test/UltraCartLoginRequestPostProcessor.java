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

import io.github.ultracartsso.test.simulator.SimulatedUser;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.WebApplicationContextUtils;

/**
 * Performs a request as a user who has signed in with UltraCart. Each method returns a
 * new post-processor, so that one can be the base of several.
 *
 * @since 0.1
 * @see UltraCartMockMvc#ultraCartLogin()
 */
public final class UltraCartLoginRequestPostProcessor implements RequestPostProcessor {

	private final TestUser testUser;

	UltraCartLoginRequestPostProcessor(TestUser testUser) {
		this.testUser = testUser;
	}

	/**
	 * Sets the user.
	 * @param user the user
	 * @return a post-processor for the user
	 */
	public UltraCartLoginRequestPostProcessor user(SimulatedUser user) {
		return new UltraCartLoginRequestPostProcessor(TestUser.of(user, this.testUser.registrationId()));
	}

	/**
	 * Sets the user by a JSON document: UltraCart's own, or one with plain names of
	 * permissions and groups.
	 * @param location a path on the class path, or another location of a Spring resource
	 * @return a post-processor for the user
	 * @see SimulatedUser#read(java.io.InputStream)
	 */
	public UltraCartLoginRequestPostProcessor document(String location) {
		return new UltraCartLoginRequestPostProcessor(TestUser.read(location, this.testUser.registrationId()));
	}

	/**
	 * Sets the login name.
	 * @param login the login
	 * @return a post-processor for a user with this login and the permissions and groups
	 * set so far
	 */
	public UltraCartLoginRequestPostProcessor login(String login) {
		return user(SimulatedUser.withLogin(login)
			.permissions(this.testUser.user().permissions().toArray(String[]::new))
			.groups(this.testUser.user().groups().toArray(String[]::new))
			.build());
	}

	/**
	 * Adds permissions.
	 * @param permissions names as UltraCart spells them, such as {@code View Items}
	 * @return a post-processor for the user with these permissions added
	 */
	public UltraCartLoginRequestPostProcessor permissions(String... permissions) {
		return user(this.testUser.user().toBuilder().permissions(permissions).build());
	}

	/**
	 * Adds groups.
	 * @param groups names as UltraCart spells them
	 * @return a post-processor for the user with these groups added
	 */
	public UltraCartLoginRequestPostProcessor groups(String... groups) {
		return user(this.testUser.user().toBuilder().groups(groups).build());
	}

	/**
	 * Sets the registration that the user has signed in with.
	 * @param registrationId the id of the registration
	 * @return a post-processor for the same user of that registration
	 */
	public UltraCartLoginRequestPostProcessor registration(String registrationId) {
		return new UltraCartLoginRequestPostProcessor(
				new TestUser(this.testUser.user(), this.testUser.document(), registrationId));
	}

	@Override
	public MockHttpServletRequest postProcessRequest(MockHttpServletRequest request) {
		WebApplicationContext context = WebApplicationContextUtils
			.findWebApplicationContext(request.getServletContext());
		return SecurityMockMvcRequestPostProcessors
			.authentication(new SimulatedLogin(context).authenticate(this.testUser, request.getRemoteAddr()))
			.postProcessRequest(request);
	}

	/**
	 * Returns the user, for the names of parameterized tests.
	 */
	@Override
	public String toString() {
		return this.testUser.user().login() + " " + this.testUser.user().permissions() + this.testUser.user().groups();
	}

}
