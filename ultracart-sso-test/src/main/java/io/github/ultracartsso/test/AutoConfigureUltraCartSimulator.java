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

import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Connects the application of a {@code @SpringBootTest}, or of a slice test such as
 * {@code @WebMvcTest}, to a simulator in place of UltraCart: <pre class="code">
 * &#64;SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
 * &#64;AutoConfigureUltraCartSimulator(
 *         users = &#64;WithUltraCartUser(login = "Jane!ops", permissions = "View Items"))
 * class BackofficeTests {
 *
 *     &#64;Test
 *     void test(&#64;Autowired UltraCartSimulator ultraCart) {
 *     }
 *
 * }
 * </pre>
 * <p>
 * {@link io.github.ultracartsso.test.simulator.SimulatedUser SimulatedUser} and
 * {@link io.github.ultracartsso.test.simulator.SimulatedResource SimulatedResource} beans
 * are added too.
 * <p>
 * Before each test method the simulator is {@linkplain UltraCartSimulator#reset() reset},
 * so users, faults, calls and limits of one test do not reach the next; and the
 * application forgets that UltraCart has rejected or failed calls. What a test adds in
 * {@code @BeforeEach} is kept. Its HTTP sessions are not ended, but their keys are
 * revoked.
 * <p>
 * Test classes with equal annotations and otherwise equal configuration share one
 * application context and one simulator. Classes with this annotation are therefore not
 * run at the same time when JUnit runs tests in parallel; other classes are.
 *
 * @since 0.1
 * @see UltraCartSimulatorConfiguration
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ResourceLock("io.github.ultracartsso.test.UltraCartSimulator")
public @interface AutoConfigureUltraCartSimulator {

	/**
	 * Users with a button on the login page. They replace those of the property
	 * {@code ultracart.simulator.users}. The registration has no meaning here.
	 * @return the users
	 */
	WithUltraCartUser[] users() default {};

	/**
	 * The location of a JSON file with an array of users. It replaces the property
	 * {@code ultracart.simulator.users-file}.
	 * @return a path on the class path, or another location of a Spring resource
	 * @see io.github.ultracartsso.test.simulator.SimulatedUser#read(java.io.InputStream)
	 */
	String usersFile() default "";

}
