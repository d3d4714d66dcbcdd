/** Benchmarks of the engine; in its package, because the bare training step is not public. */
@NullMarked
package dev.mettle.engine;

import org.jspecify.annotations.NullMarked;
