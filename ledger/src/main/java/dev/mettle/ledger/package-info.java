/**
 * The ledger of a run in one SQLite file: writing from many threads through one writer, reading
 * beside it, tables for export. The only user of java.sql for runs. No other module sees the schema
 * (schema-1.sql and so on).
 */
@NullMarked
package dev.mettle.ledger;

import org.jspecify.annotations.NullMarked;
