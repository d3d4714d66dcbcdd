/** One training of a candidate: its key, its outcome, and the ports that train and execute it. */
@NullMarked
package dev.mettle.core.instance;

import org.jspecify.annotations.NullMarked;
