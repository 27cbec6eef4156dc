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

package io.github.ultracartsso.client.traffic;

/**
 * A call to UltraCart's API as the {@link CallGate} sees it.
 *
 * @since 0.1
 */
public interface GatedCall {

	/**
	 * Returns the name of the call in log messages and exceptions. It is asked for only
	 * when the call is rejected or fails.
	 * @return the name, without secrets and on one line
	 */
	String callName();

	/**
	 * Returns the kind of the call, which decides how it is queued, retried and counted.
	 * @return the kind
	 */
	CallKind kind();

	/**
	 * Returns how urgent the call is among those that wait. By default this follows from
	 * its kind.
	 * @return the priority
	 */
	default CallPriority priority() {
		return kind().priority();
	}

}
