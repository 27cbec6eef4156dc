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
import java.util.Objects;
import java.util.stream.Stream;

import io.github.ultracartsso.authorization.RequiresGroup;
import io.github.ultracartsso.authorization.RequiresPermission;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
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

	private final Map<Class<?>, Boolean> annotated = new HashMap<>();

	AnnotatedBeans(ConfigurableListableBeanFactory beans) {
		this.beans = beans;
		AnnotationTemplateExpressionDefaults templates = beans
			.getBeanProvider(AnnotationTemplateExpressionDefaults.class)
			.getIfUnique();
		this.sources = List.of(source(PreAuthorize.class, templates), source(PostAuthorize.class, templates),
				source(Secured.class, templates), source(RequiresPermission.class, null),
				source(RequiresGroup.class, null));
	}

	private static <A extends Annotation> Source<A> source(Class<A> type,
			@Nullable AnnotationTemplateExpressionDefaults templates) {
		return new Source<>(type, (templates != null) ? SecurityAnnotationScanners.requireUnique(type, templates)
				: SecurityAnnotationScanners.requireUnique(type));
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
				if (type != null && isAnnotated(type)) {
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

	private void find(Class<?> type, boolean behindInterfaces, List<AnnotatedMethod> methods) {
		ReflectionUtils.doWithMethods(type, (method) -> {
			for (Source<?> source : this.sources) {
				Annotation annotation = source.scan(method, type);
				if (annotation != null) {
					methods.add(new AnnotatedMethod(method, type, annotation,
							MergedAnnotations.from(method).isPresent(source.type()), behindInterfaces));
				}
			}
		}, (method) -> !method.isBridge() && !method.isSynthetic() && method.getDeclaringClass() != Object.class);
	}

	private record Source<A extends Annotation>(Class<A> type, SecurityAnnotationScanner<A> scanner) {

		@Nullable A scan(Method method, Class<?> type) {
			try {
				return this.scanner.scan(method, type);
			}
			catch (RuntimeException | LinkageError ex) {
				// Spring Security reports it
				logger.debug(LogMessage.format("Cannot read @%s of %s", this.type.getSimpleName(), method), ex);
				return null;
			}
		}

	}

}
