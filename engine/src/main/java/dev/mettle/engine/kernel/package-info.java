/**
 * The loops in which the time goes: the only package that uses the Vector API. Every vector form
 * has a scalar twin in the same file, which defines its bits. Nothing here allocates or checks its
 * arguments.
 */
@NullMarked
package dev.mettle.engine.kernel;

import org.jspecify.annotations.NullMarked;
