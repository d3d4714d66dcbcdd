/** How often intervals and tests of core hold what they promise, by simulation. */
@NullMarked
package dev.mettle.coverage;

import org.jspecify.annotations.NullMarked;
