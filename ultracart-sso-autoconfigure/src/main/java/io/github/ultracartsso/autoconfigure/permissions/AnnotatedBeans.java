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
package io.github.ultracartsso.autoconfigure.permissions;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.github.ultracartsso.authorization.RequiresGroup;
import io.github.ultracartsso.authorization.RequiresPermission;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.log.LogMessage;
import org.springframework.security.access.annotation.Secured;
import org.springframework.security.access.prepost.PostAuthorize;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authorization.method.AuthorizationAdvisor;
import org.springframework.security.core.annotation.AnnotationTemplateExpressionDefaults;
import org.springframework.security.core.annotation.SecurityAnnotationScanner;
import org.springframework.security.core.annotation.SecurityAnnotationScanners;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Finds the methods of an application's beans that have annotations of method security.
 * It reads the types of beans and creates none, and it skips those of frameworks.
 */
final class AnnotatedBeans {

	private static final Log logger = LogFactory.getLog(AnnotatedBeans.class);

	private static final List<String> FRAMEWORKS = List.of("java.", "javax.", "jakarta.", "jdk.", "sun.", "com.sun.",
			"org.springframework.", "org.apache.", "org.hibernate.", "io.micrometer.", "io.netty.", "com.zaxxer.",
			"tools.jackson.", "com.fasterxml.");

	private final ConfigurableListableBeanFactory beans;

	private final List<Source<?>> sources;

	private final Map<Class<?>, Set<Spot>> spots = new HashMap<>();

	/**
	 * Which of the annotations each annotation is or has.
	 */
	private final Map<Class<? extends Annotation>, List<Class<? extends Annotation>>> meanings = new HashMap<>();

	AnnotatedBeans(ConfigurableListableBeanFactory beans) {
		this.beans = beans;
		AnnotationTemplateExpressionDefaults templates = beans
			.getBeanProvider(AnnotationTemplateExpressionDefaults.class)
			.getIfUnique();
		this.sources = List.of(source(PreAuthorize.class, templates), source(PostAuthorize.class, templates),
				source(Secured.class, templates),
				new Source<>(RequiresPermission.class,
						SecurityAnnotationScanners.requireUnique(RequiresPermission.class), true),
				new Source<>(RequiresGroup.class, SecurityAnnotationScanners.requireUnique(RequiresGroup.class), true));
	}

	private static <A extends Annotation> Source<A> source(Class<A> type,
			@Nullable AnnotationTemplateExpressionDefaults templates) {
		return new Source<>(type, (templates != null) ? SecurityAnnotationScanners.requireUnique(type, templates)
				: SecurityAnnotationScanners.requireUnique(type), false);
	}

	/**
	 * Returns the methods, or none if method security is off.
	 */
	List<AnnotatedMethod> methods() {
		List<AnnotatedMethod> methods = new ArrayList<>();
		if (this.beans.getBeanNamesForType(AuthorizationAdvisor.class, true, false).length == 0) {
			return methods;
		}
		for (String beanName : this.beans.getBeanDefinitionNames()) {
			try {
				Object proxy = this.beans.containsSingleton(beanName) ? this.beans.getSingleton(beanName) : null;
				boolean behindInterfaces = proxy != null && AopUtils.isJdkDynamicProxy(proxy);
				Class<?> type = behindInterfaces ? AopProxyUtils.ultimateTargetClass(Objects.requireNonNull(proxy))
						: type(beanName);
				if (type != null) {
					find(type, behindInterfaces, methods);
				}
			}
			catch (RuntimeException | LinkageError ex) {
				// such as a type whose optional libraries are missing
				logger.debug(LogMessage.format("Cannot read the annotations of bean '%s'", beanName), ex);
			}
		}
		return methods;
	}

	private @Nullable Class<?> type(String beanName) {
		Class<?> type = this.beans.getType(beanName, false);
		return (type != null) ? ClassUtils.getUserClass(type) : null;
	}

	/**
	 * Returns where a type and its supertypes have the annotations. That is much cheaper
	 * than to have Spring Security look for each of them at each method.
	 */
	private Set<Spot> spots(@Nullable Class<?> type) {
		if (type == null || isOfFramework(type)) {
			return Set.of();
		}
		Set<Spot> known = this.spots.get(type);
		if (known != null) {
			return known;
		}
		Set<Spot> spots = new HashSet<>(spots(type.getSuperclass()));
		for (Class<?> superinterface : type.getInterfaces()) {
			spots.addAll(spots(superinterface));
		}
		on(type).forEach((annotation) -> spots.add(new Spot(annotation, null)));
		for (Method method : type.getDeclaredMethods()) {
			on(method).forEach((annotation) -> spots.add(new Spot(annotation, method.getName())));
		}
		this.spots.put(type, spots);
		return spots;
	}

	private static boolean isOfFramework(Class<?> type) {
		return FRAMEWORKS.stream().anyMatch(type.getName()::startsWith);
	}

	/**
	 * Returns which of the annotations an element has, also by an annotation of the
	 * application that has it.
	 */
	private Stream<Class<? extends Annotation>> on(AnnotatedElement element) {
		return Stream.of(element.getDeclaredAnnotations())
			.flatMap((declared) -> this.meanings.computeIfAbsent(declared.annotationType(), this::meaning).stream());
	}

	private List<Class<? extends Annotation>> meaning(Class<? extends Annotation> declared) {
		MergedAnnotations ofDeclared = MergedAnnotations.from(declared);
		return this.sources.stream()
			.<Class<? extends Annotation>>map(Source::type)
			.filter((type) -> type == declared || ofDeclared.isPresent(type))
			.toList();
	}

	private void find(Class<?> type, boolean behindInterfaces, List<AnnotatedMethod> methods) {
		Set<Spot> spots = spots(type);
		if (spots.isEmpty()) {
			return;
		}
		ReflectionUtils.doWithMethods(type, (method) -> {
			for (Source<?> source : this.sources) {
				if (spots.contains(new Spot(source.type(), null))
						|| spots.contains(new Spot(source.type(), method.getName()))) {
					Annotation annotation = source.scan(method, type);
					if (annotation != null) {
						boolean own = on(method).anyMatch(source.type()::equals);
						methods.add(new AnnotatedMethod(method, type, annotation, own, behindInterfaces));
					}
				}
			}
		}, (method) -> !method.isBridge() && !method.isSynthetic() && method.getDeclaringClass() != Object.class);
	}

	/**
	 * Where an annotation is.
	 *
	 * @param annotation the annotation
	 * @param method the name of the method, or {@code null} for the type
	 */
	private record Spot(Class<? extends Annotation> annotation, @Nullable String method) {

	}

	/**
	 * Kind of annotation.
	 *
	 * @param type the annotation
	 * @param scanner finds the annotation of a method
	 * @param ofInheritedMethods whether that of a type is for methods that the type
	 * inherits
	 */
	private record Source<A extends Annotation>(Class<A> type, SecurityAnnotationScanner<A> scanner,
			boolean ofInheritedMethods) {

		@Nullable A scan(Method method, Class<?> type) {
			// what the scanner finds too, in a fraction of the time
			A declared = (method.getDeclaringClass() == type) ? method.getDeclaredAnnotation(this.type) : null;
			if (declared != null) {
				return declared;
			}
			try {
				A found = this.scanner.scan(method, type);
				return (found != null || !this.ofInheritedMethods || isOfFramework(method.getDeclaringClass())) ? found
						: AnnotatedElementUtils.findMergedAnnotation(type, this.type);
			}
			catch (RuntimeException | LinkageError ex) {
				// Spring Security reports it
				logger.debug(LogMessage.format("Cannot read @%s of %s", this.type.getSimpleName(), method), ex);
				return null;
			}
		}

	}

}
