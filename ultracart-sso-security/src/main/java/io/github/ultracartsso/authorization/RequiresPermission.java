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

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Denies calls of a method, or of all methods of a type, to users without permissions,
 * named as in UltraCart: <pre>
 * &#64;RequiresPermission("Edit Items")
 * </pre>
 * <p>
 * The name is compared exactly with
 * {@link io.github.ultracartsso.authentication.UltraCartUser#permissions()}, whatever the
 * configured prefixes and roles. Users who have not signed in with UltraCart are denied.
 * <p>
 * Like Spring Security's own annotations, it has an effect on beans if method security is
 * enabled, an annotation on a method takes the place of the same one on its type, and it
 * may be a meta-annotation. On a type it is valid for methods that the type inherits too.
 * Beside other annotations, all must permit the call. In a composed annotation the name
 * can be a template, such as <code>{value}</code>. {@code @HandleAuthorizationDenied} has
 * no effect. Private, static and final methods are not checked.
 *
 * @since 0.1
 * @see UltraCartMethodSecurity
 */
@Documented
@Inherited
@MethodRequirement
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
public @interface RequiresPermission {

	/**
	 * The permission that is required.
	 * @return the name, spelled as in UltraCart
	 */
	String value() default "";

	/**
	 * Permissions any one of which is enough, in place of {@link #value()}.
	 * @return the names, spelled as in UltraCart
	 */
	String[] anyOf() default {};

	/**
	 * Permissions all of which are required, in place of {@link #value()}.
	 * @return the names, spelled as in UltraCart
	 */
	String[] allOf() default {};

}
