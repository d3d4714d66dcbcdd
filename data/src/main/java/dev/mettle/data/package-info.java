/** Reads data files, splits them, draws samples and fits scales. */
@NullMarked
package dev.mettle.data;

import org.jspecify.annotations.NullMarked;
