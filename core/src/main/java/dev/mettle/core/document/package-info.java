/**
 * A document as a tree of scalars, sequences and mappings that know their places: what a study file
 * is between its syntax (YAML, read elsewhere) and its meaning (the package {@code study}).
 */
@NullMarked
package dev.mettle.core.document;

import org.jspecify.annotations.NullMarked;
