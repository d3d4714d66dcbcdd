/**
 * Counter-based random numbers: the only source of randomness in Mettle, keyed by study seed,
 * purpose and index.
 */
@NullMarked
package dev.mettle.core.random;

import org.jspecify.annotations.NullMarked;
