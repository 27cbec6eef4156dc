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
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

import org.jspecify.annotations.Nullable;

/**
 * Method of a bean that an annotation of method security is for.
 *
 * @param method the method
 * @param type the type of the bean
 * @param annotation the annotation, which may be that of the type
 * @param own whether the method itself has the annotation
 * @param behindInterfaces whether the proxy of the bean implements its interfaces and
 * does not extend its class
 */
record AnnotatedMethod(Method method, Class<?> type, Annotation annotation, boolean own, boolean behindInterfaces) {

	/**
	 * Returns where the annotation is, for a message.
	 */
	String place() {
		return place(this.type);
	}

	private String place(Class<?> of) {
		return "@" + this.annotation.annotationType().getSimpleName() + " of " + of.getSimpleName() + "."
				+ this.method.getName();
	}

	/**
	 * Returns a warning that the annotation has no effect because calls of the method do
	 * not go through a proxy, or {@code null} if they do. The annotation of a type is not
	 * for methods that other beans cannot call.
	 */
	@Nullable String withoutEffect() {
		int modifiers = this.method.getModifiers();
		if (Modifier.isPrivate(modifiers) || Modifier.isStatic(modifiers)) {
			return this.own ? withoutEffect(Modifier.isStatic(modifiers) ? "static" : "private",
					"only calls of instance methods by other beans are checked. Annotate the public method that they call.")
					: null;
		}
		return (Modifier.isFinal(modifiers) && !this.behindInterfaces && (this.own || Modifier.isPublic(modifiers)))
				? withoutEffect("final",
						"the proxy that checks calls cannot override it. Remove 'final' from the method.")
				: null;
	}

	private String withoutEffect(String modifier, String reasonAndRemedy) {
		return "%s has no effect, because the method is %s, and %s".formatted(place(this.method.getDeclaringClass()),
				modifier, reasonAndRemedy);
	}

}
