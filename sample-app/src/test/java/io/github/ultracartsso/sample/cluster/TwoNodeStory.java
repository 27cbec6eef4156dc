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

import java.net.URI;
import java.time.Duration;

import io.github.ultracartsso.test.simulator.SimulatedCall;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that two nodes behave as one application, with the session store of a subclass.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class TwoNodeStory {

	private Cluster cluster;

	private LocalNode nodeA;

	private LocalNode nodeB;

	private Visitor visitor;

	abstract SessionStore store();

	LocalNode firstNode() {
		return this.nodeA;
	}

	@BeforeAll
	void startNodes() {
		this.cluster = new Cluster(store());
		this.nodeA = this.cluster.startNode(Cluster.KEY);
		this.nodeB = this.cluster.startNode(Cluster.KEY);
	}

	@AfterAll
	void stopNodes() {
		this.cluster.close();
	}

	@BeforeEach
	void openBrowser() {
		this.visitor = new Visitor(this.cluster.ultraCart());
		this.cluster.ultraCart().updateUser(Cluster.owner("View Items", "Edit Items"));
		this.cluster.ultraCart().clearCalls();
	}

	@AfterEach
	void quitBrowser() {
		this.visitor.close();
		this.cluster.ultraCart().revokeAll();
	}

	@Test // I2
	void loginWhenBegunOnOneNodeAndCalledBackOnTheOtherThenSignedInOnBoth() {
		this.visitor.open(this.nodeA.url("/items/101"));
		URI callback = this.visitor.approve(Cluster.CATALOGUER);
		this.visitor.open(this.nodeB.url(callback));
		assertThat(this.visitor.url()).isEqualTo(this.nodeB.url("/items/101"));
		this.visitor.assertSees(this.nodeA.url("/items/102"), "Carl");
		this.visitor.assertSees(this.nodeB.url("/"), "View Items");
		assertThat(this.cluster.ultraCart().calls()).extracting(SimulatedCall::operation)
			.containsExactly(SimulatedOperation.AUTHORIZE, SimulatedOperation.TOKEN, SimulatedOperation.SESSION_USER);
	}

	@Test // A3
	void callbackWhenRepeatedOnTheOtherNodeThenNoSecondExchange() {
		this.visitor.open(this.nodeA.url("/items/101"));
		URI callback = this.visitor.approve(Cluster.CATALOGUER);
		this.visitor.open(this.nodeB.url(callback));
		this.visitor.open(this.nodeA.url(callback));
		assertThat(this.cluster.ultraCart().calls(SimulatedOperation.TOKEN)).hasSize(1);
		this.visitor.assertSees(this.nodeA.url("/items/101"), "Carl");
	}

	@Test // E7
	void permissionWhenLostOnOneNodeThenGoneOnTheOther() {
		this.visitor.signIn(this.nodeA, Cluster.OWNER);
		this.visitor.assertSees(this.nodeB.url("/items/101/edit"), "Edit item");
		this.cluster.ultraCart().updateUser(Cluster.owner("View Items"));
		this.cluster.clock().advance(Duration.ofMinutes(31));
		this.visitor.assertSees(this.nodeA.url("/items/101/edit"), "You may not do this");
		this.cluster.ultraCart().clearCalls();
		this.visitor.assertSees(this.nodeB.url("/items/101/edit"), "You may not do this");
		assertThat(this.cluster.ultraCart().calls()).isEmpty();
	}

	@Test
	void formWhenSavedThenTellsSoAfterTheRedirect() {
		this.visitor.signIn(this.nodeA, Cluster.OWNER);
		this.visitor.open(this.nodeA.url("/items/101/edit"));
		this.visitor.save();
		assertThat(this.visitor.url()).isEqualTo(this.nodeA.url("/items/101"));
		assertThat(this.visitor.text()).contains("Saved");
		this.visitor.assertSees(this.nodeB.url("/items/101"), "Olivia Owner");
	}

	@Test // D5
	void signOutWhenOnOneNodeThenSignedOutOnTheOtherAndRevokedOnce() {
		this.visitor.signIn(this.nodeA, Cluster.OWNER);
		this.visitor.assertSees(this.nodeB.url("/items/101"), "Olivia");
		this.visitor.open(this.nodeA.url("/"));
		this.visitor.signOut();
		this.visitor.open(this.nodeB.url("/items/101"));
		this.visitor.assertAtUltraCart();
		assertThat(this.cluster.ultraCart().calls(SimulatedOperation.SESSION_REVOKE)).hasSize(1);
		assertThat(this.cluster.ultraCart().liveKeys()).isZero();
	}

	@Test
	void cookieWhenLoginStartsThenForThisSiteAndNotForScripts() {
		assertThat(new Client(this.nodeA, new Evidence()).get("/ultracart/authorize").headers().allValues("Set-Cookie"))
			.isNotEmpty()
			.allSatisfy((cookie) -> assertThat(cookie).contains("HttpOnly", "SameSite=Lax"));
	}

	@Test // F2
	void storeWhenSignedInThenHoldsTheUserAndNoKeyInClear() {
		this.visitor.signIn(this.nodeA, Cluster.OWNER);
		this.visitor.assertSees(this.nodeB.url("/"), "Olivia");
		String contents = store().contents();
		assertThat(contents).contains(Cluster.OWNER);
		assertThat(this.cluster.userKeys()).isNotEmpty()
			.noneMatch((key) -> Secret.ofText("user's key", key).isIn(contents));
		assertThat(Secret.ofText("application key", this.cluster.ultraCart().applicationKey()).isIn(contents))
			.isFalse();
		assertThat(Secret.ofBase64("encryption key", Cluster.KEY).isIn(contents)).isFalse();
	}

}
