/**
 * The command line: one class per command; the only place that wires the modules, prints and exits.
 */
@NullMarked
package dev.mettle.cli;

import org.jspecify.annotations.NullMarked;
