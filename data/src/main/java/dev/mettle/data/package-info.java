/**
 * Reads data files, splits them, draws samples and fits scales. What leaves this package is core's
 * {@code Dataset}, {@code Partition} and {@code Sample}; whatever is wrong with the user's data
 * leaves it as a {@code DataException}.
 */
@NullMarked
package dev.mettle.data;

import org.jspecify.annotations.NullMarked;
