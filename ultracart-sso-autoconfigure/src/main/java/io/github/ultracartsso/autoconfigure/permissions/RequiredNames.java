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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.ultracartsso.authorization.UltraCartExpressions;

import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.BeanReference;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.OperatorNot;
import org.springframework.expression.spel.ast.StringLiteral;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/**
 * Finds the constants that security expressions check, such as that of
 * {@code hasRole('VIEW_ITEMS')}.
 */
final class ExpressionConstants {

	private static final Map<String, Function> FUNCTIONS = Map.of("hasRole", Function.ROLE, "hasAnyRole", Function.ROLE,
			"hasAllRoles", Function.ROLE, "hasAuthority", Function.AUTHORITY, "hasAnyAuthority", Function.AUTHORITY,
			"hasAllAuthorities", Function.AUTHORITY);

	private static final Map<String, Function> BEAN_FUNCTIONS = Map.of("hasPermission", Function.PERMISSION,
			"hasAnyPermission", Function.PERMISSION, "hasAllPermissions", Function.PERMISSION, "hasGroup",
			Function.GROUP, "hasAnyGroup", Function.GROUP, "hasAllGroups", Function.GROUP);

	private final SpelExpressionParser parser = new SpelExpressionParser();

	private final String rolePrefix;

	/**
	 * Creates an instance.
	 * @param rolePrefix the prefix that Spring Security puts before roles
	 */
	ExpressionConstants(String rolePrefix) {
		this.rolePrefix = rolePrefix;
	}

	/**
	 * Returns the names that an expression requires.
	 * @param expression the expression. One that cannot be parsed has none
	 * @param place where the expression is
	 */
	List<RequiredName> find(String expression, String place) {
		try {
			List<RequiredName> names = new ArrayList<>();
			SpelExpression parsed = this.parser.parseRaw(expression);
			visit(parsed.getAST(), false, false, (call) -> add(call, place, names));
			return names;
		}
		catch (ParseException | IllegalStateException ex) {
			// the evaluation of the expression reports it
			return List.of();
		}
	}

	/**
	 * Visits the calls of functions.
	 */
	private static void visit(SpelNode node, boolean ofBean, boolean negated, Consumer<Call> visitor) {
		if (node instanceof MethodReference method) {
			visitor.accept(new Call(method, ofBean, negated));
		}
		boolean bean = node instanceof CompoundExpression && node.getChild(0) instanceof BeanReference reference
				&& reference.getName().equals(UltraCartExpressions.BEAN_NAME);
		for (int i = 0; i < node.getChildCount(); i++) {
			visit(node.getChild(i), bean, negated ^ (node instanceof OperatorNot), visitor);
		}
	}

	private void add(Call call, String place, List<RequiredName> names) {
		MethodReference method = call.method();
		Function function = (call.ofBean() ? BEAN_FUNCTIONS : FUNCTIONS).get(method.getName());
		if (function == null) {
			return;
		}
		for (int i = 0; i < method.getChildCount(); i++) {
			if (method.getChild(i) instanceof StringLiteral literal) {
				String constant = String.valueOf(literal.getLiteralValue().getValue());
				names.add(required(function, call, constant, place));
			}
		}
	}

	private RequiredName required(Function function, Call call, String constant, String place) {
		String written = "%s%s('%s')".formatted(call.negated() ? "!" : "", call.method().getName(), constant);
		boolean negated = call.negated();
		return switch (function) {
			case ROLE -> new RequiredName(RequiredName.Kind.AUTHORITY,
					constant.startsWith(this.rolePrefix) ? constant : this.rolePrefix + constant, written, place,
					negated);
			case AUTHORITY -> new RequiredName(RequiredName.Kind.AUTHORITY, constant, written, place, negated);
			case PERMISSION -> new RequiredName(RequiredName.Kind.PERMISSION, constant, written, place, negated);
			case GROUP -> new RequiredName(RequiredName.Kind.GROUP, constant, written, place, negated);
		};
	}

	/**
	 * Call of a function.
	 *
	 * @param method the function
	 * @param ofBean whether it is one of the bean of UltraCart's expressions
	 * @param negated whether the result is negated
	 */
	private record Call(MethodReference method, boolean ofBean, boolean negated) {
	}

	private enum Function {

		ROLE, AUTHORITY, PERMISSION, GROUP

	}

}
