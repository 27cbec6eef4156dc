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

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.ultracartsso.session.RevocationClaims;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.config.BeanPostProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the end of a session in the profile {@code cluster}, which Redis reports to every
 * node.
 */
class SessionEndTests {

	@RegisterExtension
	static final RedisStore store = new RedisStore();

	@Test // D7
	void timeoutWhenBothNodesHearOfItThenRevokedOnce() throws InterruptedException {
		assertRevokedOnce((visitor) -> store.timeOut(visitor.sessionId()));
	}

	@Test // D5
	void signOutWhenBothNodesHearOfItThenRevokedOnce() throws InterruptedException {
		assertRevokedOnce(Visitor::signOut);
	}

	@Test
	void timeoutWhenConfiguredForTheServerThenAppliesInRedis() {
		try (Cluster cluster = new Cluster(store); Visitor visitor = new Visitor(cluster.ultraCart())) {
			LocalNode node = cluster.startNode(Cluster.KEY, (beans) -> {
			}, "--server.servlet.session.timeout=17m");
			visitor.signIn(node, Cluster.OWNER);
			assertThat(store.secondsUntilTimeout(visitor.sessionId())).isBetween(16L * 60, 17L * 60);
		}
	}

	private static void assertRevokedOnce(Consumer<Visitor> end) throws InterruptedException {
		CountDownLatch claims = new CountDownLatch(2);
		try (Cluster cluster = new Cluster(store); Visitor visitor = new Visitor(cluster.ultraCart())) {
			LocalNode nodeA = startNode(cluster, claims);
			LocalNode nodeB = startNode(cluster, claims);
			visitor.signIn(nodeA, Cluster.OWNER);

			end.accept(visitor);

			assertThat(claims.await(30, TimeUnit.SECONDS)).as("both nodes want to revoke").isTrue();
			// they stop only when their revocations are done, so none can follow
			nodeA.close();
			nodeB.close();
			assertThat(cluster.ultraCart().calls(SimulatedOperation.SESSION_REVOKE)).hasSize(1);
			assertThat(cluster.ultraCart().liveKeys()).isZero();
		}
	}

	private static LocalNode startNode(Cluster cluster, CountDownLatch claims) {
		return cluster.startNode(Cluster.KEY,
				(beans) -> beans.registerBean(ClaimsObserver.class, () -> new ClaimsObserver(claims)));
	}

	/**
	 * Observes when a node has decided whether it revokes the key.
	 */
	private static final class ClaimsObserver implements BeanPostProcessor {

		private final CountDownLatch claims;

		private ClaimsObserver(CountDownLatch claims) {
			this.claims = claims;
		}

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			return (bean instanceof RevocationClaims actual) ? observed(actual) : bean;
		}

		private RevocationClaims observed(RevocationClaims actual) {
			return (fingerprint) -> {
				boolean claimed = actual.claim(fingerprint);
				this.claims.countDown();
				return claimed;
			};
		}

	}

}
