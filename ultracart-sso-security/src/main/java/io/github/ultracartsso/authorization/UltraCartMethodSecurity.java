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

package io.github.ultracartsso.authorization;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.ultracartsso.authorization.Requirement.Kind;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.Pointcut;
import org.springframework.aop.TargetClassAware;
import org.springframework.aop.support.Pointcuts;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.core.MethodClassKey;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.SecurityAnnotationScanner;
import org.springframework.security.core.annotation.SecurityAnnotationScanners;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Authorizes calls of methods with {@link RequiresPermission} and {@link RequiresGroup}.
 * An annotation of a type is valid for all methods of its beans, also for those that the
 * type inherits. Where the type that declares a method has an annotation too, the method
 * has that one.
 * <p>
 * The starter has Spring Security's method security call it. Without the starter, add a
 * bean beside {@code @EnableMethodSecurity}. Without it, the two annotations have no
 * effect: <pre>
 * &#64;Bean
 * &#64;Role(BeanDefinition.ROLE_INFRASTRUCTURE)
 * static Advisor ultraCartMethodSecurity() {
 * 	return new AuthorizationManagerBeforeMethodInterceptor(UltraCartMethodSecurity.pointcut(),
 * 			new UltraCartMethodSecurity());
 * }
 * </pre>
 *
 * @since 0.1
 */
public final class UltraCartMethodSecurity implements AuthorizationManager<MethodInvocation> {

	private final SecurityAnnotationScanner<RequiresPermission> permissions = SecurityAnnotationScanners
		.requireUnique(RequiresPermission.class);

	private final SecurityAnnotationScanner<RequiresGroup> groups = SecurityAnnotationScanners
		.requireUnique(RequiresGroup.class);

	private final Map<MethodClassKey, List<Requirement>> requirements = new ConcurrentHashMap<>();

	/**
	 * Returns what matches the methods that have one of the annotations, on themselves or
	 * on their type.
	 * @return the pointcut
	 */
	public static Pointcut pointcut() {
		return Pointcuts.union(new AnnotationMatchingPointcut(null, MethodRequirement.class, true),
				new AnnotationMatchingPointcut(MethodRequirement.class, true));
	}

	/**
	 * Authorizes a call.
	 * @param authentication the user
	 * @param invocation the call
	 * @return the decision, or {@code null} if the method has none of the annotations
	 * @throws IllegalStateException if an annotation of the method names nothing, has a
	 * blank name, or several attributes name something
	 */
	@Override
	public @Nullable UltraCartAuthorizationDecision authorize(
			Supplier<? extends @Nullable Authentication> authentication, MethodInvocation invocation) {
		UltraCartAuthorizationDecision decision = null;
		for (Requirement requirement : requirements(invocation)) {
			decision = requirement.decide(authentication.get());
			if (!decision.isGranted()) {
				return decision;
			}
		}
		return decision;
	}

	/**
	 * Checks that an annotation says what it requires, as the first call of its method
	 * does.
	 * @param annotation the annotation
	 * @param method the method, for the message
	 * @throws IllegalStateException if the annotation names nothing, has a blank name, or
	 * several attributes name something
	 */
	public static void check(RequiresPermission annotation, Method method) {
		requirement(annotation, method);
	}

	/**
	 * Checks that an annotation says what it requires, as the first call of its method
	 * does.
	 * @param annotation the annotation
	 * @param method the method, for the message
	 * @throws IllegalStateException if the annotation names nothing, has a blank name, or
	 * several attributes name something
	 */
	public static void check(RequiresGroup annotation, Method method) {
		requirement(annotation, method);
	}

	private List<Requirement> requirements(MethodInvocation invocation) {
		Method method = invocation.getMethod();
		Object target = invocation.getThis();
		Class<?> type = (target != null) ? type(target) : method.getDeclaringClass();
		return this.requirements.computeIfAbsent(new MethodClassKey(method, type), (key) -> find(method, type));
	}

	/**
	 * Returns the type of the bean also where it is behind another proxy.
	 */
	private static Class<?> type(Object target) {
		Class<?> proxied = (target instanceof TargetClassAware proxy) ? proxy.getTargetClass() : null;
		return (proxied != null) ? proxied : target.getClass();
	}

	private List<Requirement> find(Method method, Class<?> type) {
		List<Requirement> found = new ArrayList<>();
		RequiresPermission permission = find(RequiresPermission.class, this.permissions, method, type);
		if (permission != null) {
			found.add(requirement(permission, method));
		}
		RequiresGroup group = find(RequiresGroup.class, this.groups, method, type);
		if (group != null) {
			found.add(requirement(group, method));
		}
		return found;
	}

	/**
	 * The scanner does not read the annotations of a type for methods that another type
	 * declares.
	 */
	private static <A extends Annotation> @Nullable A find(Class<A> annotation, SecurityAnnotationScanner<A> scanner,
			Method method, Class<?> type) {
		A found = scanner.scan(method, type);
		return (found != null || method.getDeclaringClass() == Object.class) ? found
				: AnnotatedElementUtils.findMergedAnnotation(type, annotation);
	}

	private static Requirement requirement(RequiresPermission annotation, Method method) {
		return requirement(Kind.PERMISSION, method, annotation.value(), annotation.anyOf(), annotation.allOf());
	}

	private static Requirement requirement(RequiresGroup annotation, Method method) {
		return requirement(Kind.GROUP, method, annotation.value(), annotation.anyOf(), annotation.allOf());
	}

	private static Requirement requirement(Kind kind, Method method, String value, String[] anyOf, String[] allOf) {
		int set = (value.isEmpty() ? 0 : 1) + ((anyOf.length == 0) ? 0 : 1) + ((allOf.length == 0) ? 0 : 1);
		String[] names = (anyOf.length != 0) ? anyOf : value.isEmpty() ? allOf : new String[] { value };
		boolean blank = Stream.of(names).anyMatch((name) -> !StringUtils.hasText(name));
		Assert.state(set == 1 && !blank,
				() -> "%s of %s must have one of value, anyOf and allOf, of which %s".formatted(kind.annotation(),
						method, (set == 0) ? "none is set" : (set > 1) ? "several are set" : "one has a blank name"));
		return (anyOf.length != 0) ? Requirement.anyOf(kind, names) : Requirement.allOf(kind, names);
	}

}
