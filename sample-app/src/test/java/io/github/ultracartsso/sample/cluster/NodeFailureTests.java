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

package io.github.ultracartsso.sample.cluster;

import java.io.IOException;
import java.net.URI;

import io.github.ultracartsso.test.simulator.SimulatedOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a node of the profile {@code cluster} may be killed.
 */
class NodeFailureTests {

	@RegisterExtension
	static final RedisStore store = new RedisStore();

	@Test
	void killWhenOneIsSignedInAndAnotherIsSigningInThenTheOtherNodeServesBoth() throws IOException {
		try (Cluster cluster = new Cluster(store);
				Visitor worker = new Visitor(cluster.ultraCart());
				Visitor newcomer = new Visitor(cluster.ultraCart())) {
			Node killed = cluster.startProcess(Cluster.KEY);
			Node survivor = cluster.startNode(Cluster.KEY);
			worker.signIn(killed, Cluster.OWNER);
			newcomer.open(killed.url("/items/101"));
			URI callback = newcomer.approve(Cluster.CATALOGUER);

			killed.close();

			worker.assertSees(survivor.url("/items/102"), "Olivia Owner");
			newcomer.open(survivor.url(callback));
			assertThat(newcomer.url()).isEqualTo(survivor.url("/items/101"));
			newcomer.assertSees(survivor.url("/"), "Carl Cataloguer");
			assertThat(cluster.ultraCart().calls(SimulatedOperation.AUTHORIZE)).hasSize(2);
			assertThat(cluster.ultraCart().signedInLogins()).containsExactly(Cluster.OWNER, Cluster.CATALOGUER);
		}
	}

}
