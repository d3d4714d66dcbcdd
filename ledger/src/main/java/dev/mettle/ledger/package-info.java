/** The ledger of a run in SQLite; the only user of java.sql. */
@NullMarked
package dev.mettle.ledger;

import org.jspecify.annotations.NullMarked;
