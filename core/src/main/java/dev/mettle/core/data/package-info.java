/**
 * Data in memory as a trainer sees it: rows, held-out parts, samples and the scales fitted on them.
 */
@NullMarked
package dev.mettle.core.data;

import org.jspecify.annotations.NullMarked;
