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

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the encryption key of the profile {@code cluster} can be rotated while users
 * are signed in. The nodes are at different stages of the rotation, which for a session
 * is the same as nodes that are restarted one after the other.
 */
@TestInstance(Lifecycle.PER_CLASS)
class KeyRotationTests {

	@RegisterExtension
	static final RedisStore store = new RedisStore();

	private Cluster cluster;

	private Node before;

	private Node announced;

	private Node changed;

	private Node after;

	private Visitor visitor;

	@BeforeAll
	void startNodes() {
		this.cluster = new Cluster(store);
		this.before = this.cluster.startNode(Cluster.KEY);
		this.announced = this.cluster.startNode(Cluster.KEY + "," + Cluster.LATER_KEY);
		this.changed = this.cluster.startNode(Cluster.LATER_KEY + "," + Cluster.KEY);
		this.after = this.cluster.startNode(Cluster.LATER_KEY);
	}

	@AfterAll
	void stopNodes() {
		this.cluster.close();
	}

	@BeforeEach
	void openBrowser() {
		this.visitor = new Visitor(this.cluster.ultraCart());
	}

	@AfterEach
	void quitBrowser() {
		this.visitor.close();
	}

	@Test
	void requestWhenNewKeyIsPutInFrontThenStillSignedIn() {
		this.visitor.signIn(this.before, Cluster.OWNER);
		this.cluster.ultraCart().clearCalls();
		this.visitor.assertSees(this.changed.url("/items/101"), "Olivia Owner");
		this.visitor.assertSees(this.before.url("/items/101"), "Olivia Owner");
		assertThat(this.cluster.ultraCart().calls()).isEmpty();
	}

	@Test
	void requestWhenSealedWithNewKeyThenStillSignedInWhereItHasBeenAnnounced() {
		this.visitor.signIn(this.changed, Cluster.OWNER);
		this.cluster.ultraCart().clearCalls();
		this.visitor.assertSees(this.announced.url("/items/101"), "Olivia Owner");
		this.visitor.assertSees(this.after.url("/items/101"), "Olivia Owner");
		assertThat(this.cluster.ultraCart().calls()).isEmpty();
	}

	@Test
	void requestWhenOldKeyIsTakenAwayThenWhatItSealedEndsAndTheLoginLeadsBack() {
		this.visitor.signIn(this.before, Cluster.OWNER);
		this.visitor.open(this.after.url("/items/101"));
		this.visitor.open(this.after.url(this.visitor.approve(Cluster.OWNER)));
		assertThat(this.visitor.url()).isEqualTo(this.after.url("/items/101"));
		this.visitor.assertSees(this.changed.url("/items/102"), "Olivia Owner");
	}

}
