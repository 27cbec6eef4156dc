/**
 * Auto-configuration of Spring MVC: what controller methods may have as an argument.
 */
@NullMarked
package io.github.ultracartsso.autoconfigure.web;

import org.jspecify.annotations.NullMarked;
