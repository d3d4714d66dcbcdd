/** Selection algorithms as pure state machines over the loss table. */
@NullMarked
package dev.mettle.core.selection;

import org.jspecify.annotations.NullMarked;
