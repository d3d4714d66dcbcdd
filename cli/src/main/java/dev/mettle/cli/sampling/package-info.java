/** Points by which candidates are drawn from a space: the port of core, filled by a library. */
@NullMarked
package dev.mettle.cli.sampling;

import org.jspecify.annotations.NullMarked;
