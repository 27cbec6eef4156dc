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

import java.util.ArrayList;
import java.util.List;

import org.springframework.expression.Expression;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.BeanReference;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.OpAnd;
import org.springframework.expression.spel.ast.OpOr;
import org.springframework.expression.spel.ast.OperatorNot;
import org.springframework.expression.spel.ast.StringLiteral;
import org.springframework.expression.spel.standard.SpelExpression;

/**
 * Authorities and names of UltraCart that an expression asks for. Only string constants
 * are found, and nothing that is negated.
 */
final class ExpressionChecks {

	private final String rolePrefix;

	private final List<String> authorities = new ArrayList<>();

	private final List<String> permissions = new ArrayList<>();

	private final List<String> groups = new ArrayList<>();

	private boolean anyEnough = true;

	private boolean allRequired = true;

	ExpressionChecks(Expression expression, String rolePrefix) {
		this.rolePrefix = rolePrefix;
		if (expression instanceof SpelExpression spel) {
			visit(spel.getAST(), false);
		}
	}

	List<String> authorities() {
		return this.authorities;
	}

	List<String> permissions() {
		return this.permissions;
	}

	List<String> groups() {
		return this.groups;
	}

	/**
	 * Returns whether any one of them is enough.
	 */
	boolean isAnyEnough() {
		return this.anyEnough;
	}

	/**
	 * Returns whether all of them are required.
	 */
	boolean isAllRequired() {
		return this.allRequired;
	}

	private void visit(SpelNode node, boolean ofBean) {
		if (node instanceof OperatorNot) {
			return;
		}
		if (node instanceof MethodReference method) {
			add(method, ofBean);
		}
		this.anyEnough &= !(node instanceof OpAnd);
		this.allRequired &= !(node instanceof OpOr);
		boolean bean = node instanceof CompoundExpression && node.getChild(0) instanceof BeanReference reference
				&& reference.getName().equals(UltraCartExpressions.BEAN_NAME);
		for (int i = 0; i < node.getChildCount(); i++) {
			visit(node.getChild(i), bean);
		}
	}

	private void add(MethodReference method, boolean ofBean) {
		List<String> names = constants(method);
		switch (method.getName()) {
			case "hasAuthority", "hasAnyAuthority", "hasAllAuthorities" -> this.authorities.addAll(names);
			case "hasRole", "hasAnyRole", "hasAllRoles" -> names.forEach(this::addRole);
			case "hasPermission", "hasAnyPermission", "hasAllPermissions" ->
				this.permissions.addAll(ofBean ? names : List.of());
			case "hasGroup", "hasAnyGroup", "hasAllGroups" -> this.groups.addAll(ofBean ? names : List.of());
			default -> {
				return;
			}
		}
		this.anyEnough &= !method.getName().startsWith("hasAll");
		this.allRequired &= !method.getName().startsWith("hasAny");
	}

	private void addRole(String role) {
		this.authorities.add(role.startsWith(this.rolePrefix) ? role : this.rolePrefix + role);
	}

	private static List<String> constants(SpelNode node) {
		List<String> constants = new ArrayList<>();
		for (int i = 0; i < node.getChildCount(); i++) {
			SpelNode child = node.getChild(i);
			if (child instanceof StringLiteral literal) {
				constants.add(String.valueOf(literal.getLiteralValue().getValue()));
			}
			constants.addAll(constants(child));
		}
		return constants;
	}

}
