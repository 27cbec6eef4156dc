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

package io.github.ultracartsso.jackson;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.ultracartsso.StoredObjects;
import io.github.ultracartsso.StoredSamples;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.login.PendingLogin;
import io.github.ultracartsso.session.SealedSsoSession;
import io.github.ultracartsso.session.SsoSession;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.authentication.switchuser.SwitchUserGrantedAuthority;
import org.springframework.web.servlet.FlashMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link UltraCartSecurityJacksonModules}: sessions are kept as JSON.
 */
class UltraCartSecurityJacksonModulesTests {

	private static final ClassLoader loader = UltraCartSecurityJacksonModulesTests.class.getClassLoader();

	private static final JsonMapper mapper = JsonMapper.builder()
		.addModules(UltraCartSecurityJacksonModules.getModules(loader))
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	private static final StoredSamples samples = new StoredSamples("json", "json",
			(object) -> mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(object));

	@BeforeAll
	static void writeMissingSamples() {
		samples.writeMissing(sessionTypes());
	}

	@ParameterizedTest // I2
	@MethodSource("sessionTypes")
	void valueWhenWrittenAndReadThenEqual(Class<?> type) {
		Object value = StoredObjects.of(type);
		assertEqual(read(write(value)), value);
	}

	@Test // I2
	void userWhenOnlyWhatIsRequiredThenEqual() {
		UltraCartUser user = UltraCartUser.with(7, "x").build();
		assertEqual(read(write(user)), user);
	}

	@Test // I2
	void pendingLoginWhenNoTargetThenEqual() {
		PendingLogin login = new PendingLogin("ultracart", "state", Instant.EPOCH.minusSeconds(600), Instant.EPOCH,
				null);
		assertThat(read(write(login))).isEqualTo(login);
	}

	@Test // I2
	void securityContextWhenWrittenAndReadThenEqual() {
		SecurityContext context = new SecurityContextImpl(StoredObjects.of(UltraCartAuthenticationToken.class));
		assertEqual(read(write(context)), context);
	}

	@Test
	void securityContextWhenImpersonatingThenEqual() {
		Authentication original = new UltraCartAuthenticationToken(StoredObjects.of(UltraCartUser.class),
				AuthorityUtils.createAuthorityList("ROLE_VIEW_ITEMS"), "id-1");
		SecurityContext context = new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated("joe", null,
				List.of(new SwitchUserGrantedAuthority("ROLE_PREVIOUS_ADMINISTRATOR", original))));
		assertEqual(read(write(context)), context);
	}

	@Test // I2
	void instantWhenAmongAttributesThenEqual() {
		Map<String, Object> attributes = new HashMap<>();
		attributes.put("at", StoredObjects.ssoSession().userReadAt());
		assertThat(read(write(attributes))).isEqualTo(attributes);
	}

	@Test // I2
	void sessionTimesWhenAmongWhatSpringSessionTellsThenRead() {
		Map<String, Object> created = new HashMap<>(Map.of("creationTime", 1_795_000_000_000L));
		assertThat(read(write(created))).isEqualTo(created);
	}

	@Test // I2
	void flashMapsWhenWrittenAndReadThenAttributesAreThere() {
		FlashMap flashMap = new FlashMap();
		flashMap.put("message", "saved");
		assertThat(read(write(new CopyOnWriteArrayList<>(List.of(flashMap)))))
			.isEqualTo(new CopyOnWriteArrayList<>(List.of(flashMap)));
	}

	@Test
	void tokenWhenAuthenticationWasWithdrawnThenStaysSo() {
		UltraCartAuthenticationToken token = new UltraCartAuthenticationToken(StoredObjects.of(UltraCartUser.class),
				List.of());
		assertThat(read(write(token))).isInstanceOfSatisfying(UltraCartAuthenticationToken.class,
				(read) -> assertThat(read.isAuthenticated()).isTrue());
		token.setAuthenticated(false);
		assertThat(read(write(token))).isInstanceOfSatisfying(UltraCartAuthenticationToken.class,
				(read) -> assertThat(read.isAuthenticated()).isFalse());
	}

	@Test // F1, F2
	void tokenWhenItHasAccessToTheKeyThenNeitherAccessNorKeyIsWritten() {
		UltraCartAuthenticationToken token = new UltraCartAuthenticationToken(StoredObjects.of(UltraCartUser.class),
				List.of())
			.withSsoSession("id-1", () -> SimpleKey.of(StoredObjects.CLEAR_KEY));
		String json = write(token);
		assertThat(json).contains("\"ssoSessionId\":\"id-1\"")
			.doesNotContain(StoredObjects.CLEAR_KEY)
			.doesNotContain("upplier", "******");
		assertThat(read(json)).isInstanceOfSatisfying(UltraCartAuthenticationToken.class, (read) -> {
			assertThat(read.getSsoSessionId()).isEqualTo("id-1");
			assertThat(read.simpleKeySupplier()).isNull();
		});
	}

	@Test
	void tokenWhenSomethingElseClaimsToBeAccessToTheKeyThenIgnored() {
		ObjectNode json = (ObjectNode) tree(write(StoredObjects.of(UltraCartAuthenticationToken.class)));
		json.put("simpleKeySupplier", "x");
		assertThat(read(json.toString())).isInstanceOfSatisfying(UltraCartAuthenticationToken.class,
				(read) -> assertThat(read.simpleKeySupplier()).isNull());
	}

	@Test // F1, F2
	void sealedSsoSessionWhenWrittenThenHoldsNoKeyAndCanBeOpened() {
		SealedSsoSession session = SealedSsoSession.seal(StoredObjects.ssoSession(), StoredObjects.SEALER);
		String json = write(session);
		assertThat(json).doesNotContain(StoredObjects.CLEAR_KEY).doesNotContain("simpleKey", "******");
		assertThat(mapper.readValue(json, SealedSsoSession.class).open(StoredObjects.SEALER))
			.isEqualTo(StoredObjects.ssoSession())
			.returns(SimpleKey.of(StoredObjects.CLEAR_KEY), SsoSession::simpleKey)
			.usingRecursiveComparison()
			.ignoringFields("key", "sealedKey")
			.isEqualTo(StoredObjects.ssoSession());
	}

	@ParameterizedTest // I2
	@MethodSource("sessionTypes")
	void typeThenHasASample(Class<?> type) {
		assertThat(samples.sampleOf(type)).exists();
	}

	@ParameterizedTest // I2
	@MethodSource("samples")
	void sampleWhenReadThenEqual(Path sample) {
		assertEqual(read(text(sample)), StoredObjects.of(StoredSamples.typeOf(sample)));
	}

	@ParameterizedTest // F1, F2
	@MethodSource("samples")
	void sampleThenHoldsNoKeyInClear(Path sample) {
		assertThat(text(sample)).doesNotContain(StoredObjects.CLEAR_KEY);
	}

	@Test // I2
	void sealedSsoSessionWhenStoredByAnEarlierVersionThenCanBeOpened() {
		assertThat(samples.of(SealedSsoSession.class)).isNotEmpty()
			.allSatisfy((sample) -> assertThat(
					mapper.readValue(text(sample), SealedSsoSession.class).open(StoredObjects.SEALER))
				.isEqualTo(StoredObjects.ssoSession()));
	}

	@ParameterizedTest // I2
	@MethodSource("samples")
	void sampleWhenALaterVersionHasAddedPropertiesThenRead(Path sample) {
		JsonNode json = tree(text(sample));
		addProperties(json);
		assertEqual(read(json.toString()), StoredObjects.of(StoredSamples.typeOf(sample)));
	}

	@ParameterizedTest
	@CsvSource({ "UltraCartUser, userId", "UltraCartUser, login", "UltraCartAuthenticationToken, principal",
			"UltraCartAuthenticationToken, authorities", "PendingLogin, registrationId", "PendingLogin, state",
			"PendingLogin, expiresAt" })
	void valueWhenIncompleteThenRefused(String type, String property) {
		Class<?> sampleType = sessionTypes().filter((candidate) -> candidate.getSimpleName().equals(type))
			.findFirst()
			.orElseThrow();
		ObjectNode json = (ObjectNode) tree(write(StoredObjects.of(sampleType)));
		json.putNull(property);
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> read(json.toString()));
		json.remove(property);
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> read(json.toString()));
	}

	@ParameterizedTest // the guard ends such a session
	@ValueSource(strings = { "id", "registrationId", "sealedKey", "expiresAt", "beganAt", "userReadAt" })
	void sealedSsoSessionWhenIncompleteThenCannotBeOpened(String property) {
		ObjectNode json = (ObjectNode) tree(write(StoredObjects.of(SealedSsoSession.class)));
		json.putNull(property);
		assertThat(mapper.readValue(json.toString(), SealedSsoSession.class).open(StoredObjects.SEALER)).isNull();
		json.remove(property);
		assertThat(mapper.readValue(json.toString(), SealedSsoSession.class).open(StoredObjects.SEALER)).isNull();
	}

	@Test
	void userWhenWithoutNumberThenRefusedAlsoByMappersThatMakeItZero() {
		ObjectNode json = (ObjectNode) tree(write(StoredObjects.of(UltraCartUser.class)));
		json.remove("userId");
		JsonMapper lenient = mapper.rebuild().disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();
		assertThatExceptionOfType(JacksonException.class)
			.isThrownBy(() -> lenient.readValue(json.toString(), Object.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "javax.swing.JEditorPane", "java.net.URL", "java.util.PriorityQueue",
			"org.springframework.context.support.ClassPathXmlApplicationContext",
			"io.github.ultracartsso.client.SimpleKey" })
	void valueWhenOfAnyOtherTypeThenDenied(String type) {
		assertThatExceptionOfType(InvalidTypeIdException.class).isThrownBy(() -> read("{\"@class\":\"" + type + "\"}"));
		String token = write(StoredObjects.of(UltraCartAuthenticationToken.class))
			.replace("org.springframework.security.web.authentication.WebAuthenticationDetails", type);
		assertThat(token).contains(type);
		assertThatExceptionOfType(InvalidTypeIdException.class).isThrownBy(() -> read(token));
	}

	@Test
	void detailsWhenOfAnApplicationsOwnTypeThenDeniedUnlessAllowed() {
		UltraCartAuthenticationToken token = new UltraCartAuthenticationToken(StoredObjects.of(UltraCartUser.class),
				List.of());
		token.setDetails(new OwnDetails("counter 3"));
		String json = write(token);
		assertThatExceptionOfType(InvalidTypeIdException.class).isThrownBy(() -> read(json));
		JsonMapper own = JsonMapper.builder()
			.addModules(UltraCartSecurityJacksonModules.getModules(loader,
					BasicPolymorphicTypeValidator.builder().allowIfSubType(OwnDetails.class)))
			.build();
		assertThat(own.readValue(json, UltraCartAuthenticationToken.class)).isEqualTo(token);
	}

	static Stream<Class<?>> sessionTypes() {
		return Stream.of(UltraCartAuthenticationToken.class, UltraCartUser.class, SealedSsoSession.class,
				PendingLogin.class);
	}

	static Stream<Path> samples() {
		return samples.all().stream();
	}

	private static String text(Path sample) {
		return new String(StoredSamples.read(sample), StandardCharsets.UTF_8);
	}

	private static String write(Object value) {
		return mapper.writeValueAsString(value);
	}

	/**
	 * Session stores do not know what they are about to read.
	 */
	private static Object read(String json) {
		return Objects.requireNonNull(mapper.readValue(json, Object.class));
	}

	private static JsonNode tree(String json) {
		return JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build().readTree(json);
	}

	private static void assertEqual(Object read, Object expected) {
		assertThat(read).usingRecursiveComparison().withStrictTypeChecking().isEqualTo(expected);
	}

	private static void addProperties(JsonNode json) {
		json.forEach(UltraCartSecurityJacksonModulesTests::addProperties);
		if (json instanceof ObjectNode object
				&& object.path("@class").asString("").startsWith("io.github.ultracartsso")) {
			object.put("addedLater", 1);
			object.set("alsoAddedLater", object.objectNode().put("x", "y"));
		}
	}

	/**
	 * What an application's own {@code AuthenticationDetailsSource} makes.
	 */
	record OwnDetails(String counter) implements Serializable {

	}

}
