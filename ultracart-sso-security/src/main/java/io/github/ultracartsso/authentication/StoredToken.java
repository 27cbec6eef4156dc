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
import java.util.Collection;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.GrantedAuthority;

/**
 * Serialized form of an {@link UltraCartAuthenticationToken}. Authorities that the token
 * shares with its principal are stored once.
 */
final class StoredToken implements Externalizable {

	@Serial
	private static final long serialVersionUID = 1L;

	private static final int FORMAT = 1;

	private @Nullable UltraCartAuthenticationToken token;

	/**
	 * Creates an empty form, which {@link #readExternal} fills.
	 */
	public StoredToken() {
	}

	StoredToken(UltraCartAuthenticationToken token) {
		this.token = token;
	}

	@Override
	public void writeExternal(ObjectOutput out) throws IOException {
		UltraCartAuthenticationToken stored = Objects.requireNonNull(this.token);
		List<? extends GrantedAuthority> ofPrincipal = stored.getPrincipal().authorityList();
		List<GrantedAuthority> own = new ArrayList<>(stored.getAuthorities());
		boolean shared = own.size() >= ofPrincipal.size() && own.subList(0, ofPrincipal.size()).equals(ofPrincipal);
		out.writeByte(FORMAT);
		out.writeBoolean(stored.isAuthenticated());
		out.writeBoolean(shared);
		out.writeObject(stored.getPrincipal());
		out.writeObject(stored.getSsoSessionId());
		out.writeObject(stored.getDetails());
		StoredAuthorities.write(shared ? own.subList(ofPrincipal.size(), own.size()) : own, out);
	}

	@Override
	public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
		if (in.readByte() != FORMAT) {
			throw new InvalidObjectException("This UltraCartAuthenticationToken was stored by another version");
		}
		boolean authenticated = in.readBoolean();
		boolean shared = in.readBoolean();
		UltraCartUser principal = (UltraCartUser) in.readObject();
		String ssoSessionId = (String) in.readObject();
		Object details = in.readObject();
		Collection<GrantedAuthority> authorities = new ArrayList<>();
		if (shared) {
			authorities.addAll(principal.authorityList());
		}
		authorities.addAll(StoredAuthorities.read(in));
		UltraCartAuthenticationToken read = new UltraCartAuthenticationToken(principal, authorities, ssoSessionId);
		read.setDetails(details);
		if (!authenticated) {
			read.setAuthenticated(false);
		}
		this.token = read;
	}

	@Serial
	private Object readResolve() throws ObjectStreamException {
		return Objects.requireNonNull(this.token);
	}

}
