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

package io.github.ultracartsso.authentication;

import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Writes and reads authorities without the class descriptors that Java serialization
 * would store with Spring Security's own two kinds.
 */
final class StoredAuthorities {

	private static final int SIMPLE = 0;

	private static final int FACTOR = 1;

	private static final int OTHER = 2;

	private StoredAuthorities() {
	}

	static void write(Collection<? extends GrantedAuthority> authorities, ObjectOutput out) throws IOException {
		out.writeInt(authorities.size());
		for (GrantedAuthority authority : authorities) {
			if (authority instanceof SimpleGrantedAuthority) {
				out.writeByte(SIMPLE);
				out.writeObject(authority.getAuthority());
			}
			else if (authority instanceof FactorGrantedAuthority factor) {
				out.writeByte(FACTOR);
				out.writeObject(factor.getAuthority());
				Instant issuedAt = factor.getIssuedAt();
				out.writeLong(issuedAt.getEpochSecond());
				out.writeInt(issuedAt.getNano());
			}
			else {
				out.writeByte(OTHER);
				out.writeObject(authority);
			}
		}
	}

	static List<GrantedAuthority> read(ObjectInput in) throws IOException, ClassNotFoundException {
		int size = in.readInt();
		List<GrantedAuthority> authorities = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			int kind = in.readByte();
			Object stored = in.readObject();
			authorities.add(switch (kind) {
				case SIMPLE -> new SimpleGrantedAuthority((String) stored);
				case FACTOR -> FactorGrantedAuthority.withAuthority((String) stored)
					.issuedAt(Instant.ofEpochSecond(in.readLong(), in.readInt()))
					.build();
				default -> (GrantedAuthority) stored;
			});
		}
		return authorities;
	}

}
