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

import java.io.Externalizable;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.ObjectStreamException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Serialized form of an {@link UltraCartUser}. Most authorities are the name of a
 * permission in another form. Of those the prefix is stored, and which permissions have
 * one.
 */
final class StoredUser implements Externalizable {

	@Serial
	private static final long serialVersionUID = 1L;

	private static final int FORMAT = 1;

	private @Nullable UltraCartUser user;

	/**
	 * Creates an empty form, which {@link #readExternal} fills.
	 */
	public StoredUser() {
	}

	StoredUser(UltraCartUser user) {
		this.user = user;
	}

	@Override
	public void writeExternal(ObjectOutput out) throws IOException {
		UltraCartUser stored = Objects.requireNonNull(this.user);
		out.writeByte(FORMAT);
		out.writeObject(stored.registrationId());
		out.writeInt(stored.userId());
		out.writeObject(stored.login());
		out.writeObject(stored.fullName());
		out.writeObject(stored.email());
		out.writeObject(stored.permissions().toArray(String[]::new));
		out.writeObject(stored.groups().toArray(String[]::new));
		writeAuthorities(stored, out);
	}

	private static void writeAuthorities(UltraCartUser user, ObjectOutput out) throws IOException {
		List<? extends GrantedAuthority> authorities = user.authorityList();
		List<String> derived = user.permissions().stream().map(AuthorityNames::normalize).toList();
		String prefix = prefix(authorities, derived);
		BitSet derivable = new BitSet();
		int next = 0;
		for (int i = 0; prefix != null && i < derived.size() && next < authorities.size(); i++) {
			// the order is kept, so only a beginning in the order of the permissions is
			// derivable
			if (isSimple(authorities.get(next), prefix + derived.get(i))) {
				derivable.set(i);
				next++;
			}
		}
		out.writeObject(prefix);
		out.writeObject(derivable.toByteArray());
		StoredAuthorities.write(authorities.subList(next, authorities.size()), out);
	}

	private static @Nullable String prefix(List<? extends GrantedAuthority> authorities, List<String> derived) {
		if (authorities.isEmpty() || !(authorities.get(0) instanceof SimpleGrantedAuthority first)) {
			return null;
		}
		String authority = first.getAuthority();
		return derived.stream()
			.filter((name) -> !name.isEmpty() && authority.endsWith(name))
			.findFirst()
			.map((name) -> authority.substring(0, authority.length() - name.length()))
			.orElse(null);
	}

	private static boolean isSimple(GrantedAuthority authority, String name) {
		return authority instanceof SimpleGrantedAuthority && name.equals(authority.getAuthority());
	}

	@Override
	public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
		if (in.readByte() != FORMAT) {
			throw new InvalidObjectException("This UltraCartUser was stored by another version");
		}
		String registrationId = (String) in.readObject();
		UltraCartUser.Builder builder = UltraCartUser.with(in.readInt(), (String) in.readObject())
			.registrationId(registrationId)
			.fullName((String) in.readObject())
			.email((String) in.readObject());
		List<String> permissions = List.of((String[]) in.readObject());
		builder.permissions(permissions).groups(List.of((String[]) in.readObject()));
		String prefix = (String) in.readObject();
		BitSet derivable = BitSet.valueOf((byte[]) in.readObject());
		List<GrantedAuthority> authorities = new ArrayList<>();
		derivable.stream()
			.forEach((i) -> authorities
				.add(new SimpleGrantedAuthority(prefix + AuthorityNames.normalize(permissions.get(i)))));
		authorities.addAll(StoredAuthorities.read(in));
		this.user = builder.authorities(authorities).build();
	}

	@Serial
	private Object readResolve() throws ObjectStreamException {
		return Objects.requireNonNull(this.user);
	}

}
