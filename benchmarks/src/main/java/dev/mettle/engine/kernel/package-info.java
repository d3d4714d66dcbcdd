/** The machine's own speed at what kernels are made of; beside them, as it uses vectors too. */
@NullMarked
package dev.mettle.engine.kernel;

import org.jspecify.annotations.NullMarked;
