/** How long reading data files takes, beside DuckDB. */
@NullMarked
package dev.mettle.reading;

import org.jspecify.annotations.NullMarked;
