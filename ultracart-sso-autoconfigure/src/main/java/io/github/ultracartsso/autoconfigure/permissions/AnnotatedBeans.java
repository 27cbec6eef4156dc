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
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import io.github.ultracartsso.authorization.RequiresGroup;
import io.github.ultracartsso.authorization.RequiresPermission;
import io.github.ultracartsso.autoconfigure.permissions.RequiredName.Kind;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
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
import org.springframework.util.StringUtils;

/**
 * Finds the names that annotations of method security on the beans of an application
 * require. It reads the types of beans and creates none, and it skips those of
 * frameworks.
 */
final class AnnotatedBeans {

	private static final Log logger = LogFactory.getLog(AnnotatedBeans.class);

	private static final List<String> FRAMEWORKS = List.of("java.", "javax.", "jakarta.", "jdk.", "sun.", "com.sun.",
			"org.springframework.", "org.apache.", "org.hibernate.", "io.micrometer.", "io.netty.", "com.zaxxer.",
			"tools.jackson.", "com.fasterxml.");

	private final ConfigurableListableBeanFactory beans;

	private final List<Source<?>> sources;

	private final Map<Class<?>, Boolean> annotated = new HashMap<>();

	AnnotatedBeans(ConfigurableListableBeanFactory beans, ExpressionConstants constants) {
		this.beans = beans;
		AnnotationTemplateExpressionDefaults templates = beans
			.getBeanProvider(AnnotationTemplateExpressionDefaults.class)
			.getIfUnique();
		this.sources = List.of(
				source(PreAuthorize.class, templates, (annotation, place) -> constants.find(annotation.value(), place)),
				source(PostAuthorize.class, templates,
						(annotation, place) -> constants.find(annotation.value(), place)),
				source(Secured.class, templates,
						(annotation, place) -> names(Kind.AUTHORITY, place, annotation.value())),
				source(RequiresPermission.class, null,
						(annotation, place) -> names(Kind.PERMISSION, place, annotation.value(), annotation.anyOf(),
								annotation.allOf())),
				source(RequiresGroup.class, null, (annotation, place) -> names(Kind.GROUP, place, annotation.value(),
						annotation.anyOf(), annotation.allOf())));
	}

	private static <A extends Annotation> Source<A> source(Class<A> type,
			@Nullable AnnotationTemplateExpressionDefaults templates,
			BiFunction<A, String, List<RequiredName>> toNames) {
		return new Source<>(type, (templates != null) ? SecurityAnnotationScanners.requireUnique(type, templates)
				: SecurityAnnotationScanners.requireUnique(type), toNames);
	}

	private static List<RequiredName> names(Kind kind, String place, String value, String[] anyOf, String[] allOf) {
		List<RequiredName> names = new ArrayList<>();
		names.addAll(names(kind, place, value));
		names.addAll(names(kind, place, anyOf));
		names.addAll(names(kind, place, allOf));
		return names;
	}

	private static List<RequiredName> names(Kind kind, String place, String... names) {
		return Stream.of(names)
			.filter(StringUtils::hasText)
			.map((name) -> new RequiredName(kind, name, "'" + name + "'", place))
			.toList();
	}

	/**
	 * Returns the names that annotations require, or none if method security is off.
	 */
	List<RequiredName> requiredNames() {
		List<RequiredName> names = new ArrayList<>();
		if (this.beans.getBeanNamesForType(AuthorizationAdvisor.class, true, false).length == 0) {
			return names;
		}
		for (String beanName : this.beans.getBeanDefinitionNames()) {
			try {
				Class<?> type = type(beanName);
				if (type != null && isAnnotated(type)) {
					find(type, names);
				}
			}
			catch (RuntimeException | LinkageError ex) {
				// such as a type whose optional libraries are missing
				logger.debug(LogMessage.format("Cannot read the annotations of bean '%s'", beanName), ex);
			}
		}
		return names;
	}

	private @Nullable Class<?> type(String beanName) {
		Class<?> type = this.beans.getType(beanName, false);
		return (type != null) ? ClassUtils.getUserClass(type) : null;
	}

	/**
	 * Returns whether a type, a supertype or a method of them has one of the annotations.
	 * That is much cheaper than to look for the annotations of each method.
	 */
	private boolean isAnnotated(@Nullable Class<?> type) {
		if (type == null || FRAMEWORKS.stream().anyMatch(type.getName()::startsWith)) {
			return false;
		}
		Boolean known = this.annotated.get(type);
		if (known == null) {
			known = isAnnotatedElement(type) || Stream.of(type.getDeclaredMethods()).anyMatch(this::isAnnotatedElement)
					|| isAnnotated(type.getSuperclass()) || Stream.of(type.getInterfaces()).anyMatch(this::isAnnotated);
			this.annotated.put(type, known);
		}
		return known;
	}

	private boolean isAnnotatedElement(AnnotatedElement element) {
		if (element.getDeclaredAnnotations().length == 0) {
			return false;
		}
		MergedAnnotations annotations = MergedAnnotations.from(element);
		return this.sources.stream().anyMatch((source) -> annotations.isPresent(source.type()));
	}

	private void find(Class<?> type, List<RequiredName> names) {
		ReflectionUtils.doWithMethods(type, (method) -> {
			String place = type.getSimpleName() + "." + method.getName();
			for (Source<?> source : this.sources) {
				names.addAll(source.names(method, type, "@" + source.type().getSimpleName() + " of " + place));
			}
		}, (method) -> !method.isBridge() && !method.isSynthetic() && method.getDeclaringClass() != Object.class);
	}

	private record Source<A extends Annotation>(Class<A> type, SecurityAnnotationScanner<A> scanner,
			BiFunction<A, String, List<RequiredName>> toNames) {

		List<RequiredName> names(Method method, Class<?> type, String place) {
			try {
				A annotation = this.scanner.scan(method, type);
				return (annotation != null) ? this.toNames.apply(annotation, place) : List.of();
			}
			catch (RuntimeException | LinkageError ex) {
				// Spring Security reports it
				logger.debug(LogMessage.format("Cannot read %s", place), ex);
				return List.of();
			}
		}

	}

}
