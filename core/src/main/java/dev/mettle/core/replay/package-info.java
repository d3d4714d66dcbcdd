/** Selection algorithms on recorded loss tables: what they pick, what it costs, how good it is. */
@NullMarked
package dev.mettle.core.replay;

import org.jspecify.annotations.NullMarked;
