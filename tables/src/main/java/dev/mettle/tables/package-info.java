/**
 * Tables through libraries that are large or native: Parquet files (Hardwood), and SQL expressions
 * over the rows of a table of any format (DuckDB, in memory and locked down). Implements ports of
 * module data; nothing else sees these libraries.
 */
@NullMarked
package dev.mettle.tables;

import org.jspecify.annotations.NullMarked;
