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

import org.jspecify.annotations.Nullable;

import org.springframework.expression.Expression;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.BeanReference;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.InlineList;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.OpAnd;
import org.springframework.expression.spel.ast.OpOr;
import org.springframework.expression.spel.ast.OperatorNot;
import org.springframework.expression.spel.ast.StringLiteral;
import org.springframework.expression.spel.standard.SpelExpression;

/**
 * The constants that a security expression checks, such as those of
 * {@code hasRole('VIEW_ITEMS')} and {@code @ultraCart.hasPermission('View Items')}, and
 * whether any or all of them are required as far as the expression tells. Not part of the
 * API.
 */
public final class ExpressionChecks {

	private final String rolePrefix;

	private final List<Check> checks = new ArrayList<>();

	private boolean anyEnough = true;

	private boolean allRequired = true;

	/**
	 * Reads an expression.
	 * @param expression the expression
	 * @param rolePrefix what {@code hasRole} adds to its argument
	 */
	public ExpressionChecks(Expression expression, String rolePrefix) {
		this.rolePrefix = rolePrefix;
		if (expression instanceof SpelExpression spel) {
			visit(spel.getAST(), "", false);
		}
	}

	/**
	 * Returns the checks in the order of the expression.
	 * @return the checks, negated ones too
	 */
	public List<Check> checks() {
		return this.checks;
	}

	/**
	 * Returns the names that users must have.
	 */
	List<String> required(Type type) {
		return this.checks.stream()
			.filter((check) -> check.type() == type && !check.negated())
			.map(Check::name)
			.toList();
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

	/**
	 * Visits a part of the expression.
	 * @param bean the name of the bean whose function it may be, empty for functions of
	 * Spring Security
	 * @param negated whether its result is negated
	 */
	private void visit(SpelNode node, String bean, boolean negated) {
		if (node instanceof MethodReference method) {
			add(method, bean, negated);
		}
		if (!negated) {
			this.anyEnough &= !(node instanceof OpAnd);
			this.allRequired &= !(node instanceof OpOr);
		}
		String beanOfChildren = (node instanceof CompoundExpression
				&& node.getChild(0) instanceof BeanReference reference) ? reference.getName() : "";
		for (int i = 0; i < node.getChildCount(); i++) {
			visit(node.getChild(i), beanOfChildren, negated ^ (node instanceof OperatorNot));
		}
	}

	private void add(MethodReference method, String bean, boolean negated) {
		String function = method.getName();
		Type type = bean.isEmpty() ? typeOfSpringSecurity(function)
				: bean.equals(UltraCartExpressions.BEAN_NAME) ? typeOfUltraCart(function) : null;
		if (type == null) {
			return;
		}
		boolean role = function.endsWith("Role") || function.endsWith("Roles");
		for (String constant : constants(method)) {
			this.checks.add(new Check(type, role ? withPrefix(constant) : constant,
					(negated ? "!" : "") + function + "('" + constant + "')", negated));
		}
		if (!negated) {
			this.anyEnough &= !function.startsWith("hasAll");
			this.allRequired &= !function.startsWith("hasAny");
		}
	}

	private static @Nullable Type typeOfSpringSecurity(String function) {
		return switch (function) {
			case "hasAuthority", "hasAnyAuthority", "hasAllAuthorities", "hasRole", "hasAnyRole", "hasAllRoles" ->
				Type.AUTHORITY;
			default -> null;
		};
	}

	private static @Nullable Type typeOfUltraCart(String function) {
		return switch (function) {
			case "hasPermission", "hasAnyPermission", "hasAllPermissions" -> Type.PERMISSION;
			case "hasGroup", "hasAnyGroup", "hasAllGroups" -> Type.GROUP;
			default -> null;
		};
	}

	private String withPrefix(String role) {
		return role.startsWith(this.rolePrefix) ? role : this.rolePrefix + role;
	}

	/**
	 * Returns the arguments that are constants, also in a list.
	 */
	private static List<String> constants(SpelNode arguments) {
		List<String> constants = new ArrayList<>();
		for (int i = 0; i < arguments.getChildCount(); i++) {
			SpelNode argument = arguments.getChild(i);
			if (argument instanceof StringLiteral literal) {
				constants.add(String.valueOf(literal.getLiteralValue().getValue()));
			}
			else if (argument instanceof InlineList) {
				constants.addAll(constants(argument));
			}
		}
		return constants;
	}

	/**
	 * Check of a name.
	 *
	 * @param type what the name is one of
	 * @param name the name: of a permission or group, or of an authority with its prefix
	 * @param written how the check is written
	 * @param negated whether users must not have it
	 */
	public record Check(Type type, String name, String written, boolean negated) {

	}

	/**
	 * What a name is one of.
	 */
	public enum Type {

		/**
		 * Authorities, roles included.
		 */
		AUTHORITY,

		/**
		 * UltraCart's permissions.
		 */
		PERMISSION,

		/**
		 * UltraCart's groups.
		 */
		GROUP

	}

}
