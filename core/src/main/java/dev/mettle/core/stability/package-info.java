/** How the choice of a candidate depends on the number of instances: resampling of a full table. */
@NullMarked
package dev.mettle.core.stability;

import org.jspecify.annotations.NullMarked;
