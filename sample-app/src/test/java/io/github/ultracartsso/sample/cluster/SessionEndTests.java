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

import io.github.ultracartsso.test.SimulatedOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.session.events.SessionDeletedEvent;
import org.springframework.session.events.SessionDestroyedEvent;
import org.springframework.session.events.SessionExpiredEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session of the profile {@code cluster} ends, which Redis tells every node.
 */
class SessionEndTests {

	@RegisterExtension
	static final RedisStore store = new RedisStore();

	@Test // D7
	void timeoutWhenBothNodesHearOfItThenRevokedOnce() throws InterruptedException {
		assertRevokedOnce(SessionExpiredEvent.class, (visitor) -> store.timeOut(visitor.sessionId()));
	}

	@Test // D5
	void signOutWhenBothNodesHearOfItThenRevokedOnce() throws InterruptedException {
		assertRevokedOnce(SessionDeletedEvent.class, Visitor::signOut);
	}

	private static void assertRevokedOnce(Class<? extends SessionDestroyedEvent> end, Consumer<Visitor> action)
			throws InterruptedException {
		try (Cluster cluster = new Cluster(store); Visitor visitor = new Visitor(cluster.ultraCart())) {
			LocalNode nodeA = cluster.startNode(Cluster.KEY);
			LocalNode nodeB = cluster.startNode(Cluster.KEY);
			visitor.signIn(nodeA, Cluster.OWNER);
			CountDownLatch heard = new CountDownLatch(2);
			nodeA.listen(end, (event) -> heard.countDown());
			nodeB.listen(end, (event) -> heard.countDown());

			action.accept(visitor);

			assertThat(heard.await(30, TimeUnit.SECONDS)).as("Redis told both nodes").isTrue();
			// they stop only when their revocations are done, and none can follow
			nodeA.close();
			nodeB.close();
			assertThat(cluster.ultraCart().calls(SimulatedOperation.SESSION_REVOKE)).hasSize(1);
			assertThat(cluster.ultraCart().liveKeys()).isZero();
		}
	}

}
