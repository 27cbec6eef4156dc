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

package io.github.ultracartsso.sample.orders;

import java.util.List;

import io.github.ultracartsso.web.api.UltraCartPages;
import org.jspecify.annotations.Nullable;

/**
 * A page of UltraCart's list of orders.
 */
record Orders(@Nullable List<Order> orders, UltraCartPages.@Nullable Metadata metadata) {

	/**
	 * Returns the offset of the next page.
	 * @return the offset, or {@code null} if this is the last page
	 */
	@Nullable Integer nextOffset() {
		UltraCartPages.ResultSet resultSet = (this.metadata != null) ? this.metadata.resultSet() : null;
		return (resultSet != null && Boolean.TRUE.equals(resultSet.more())) ? resultSet.nextOffset() : null;
	}

}
