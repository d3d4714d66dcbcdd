/** The study model: what a study file says, once it has been read and found valid. */
@NullMarked
package dev.mettle.core.study;

import org.jspecify.annotations.NullMarked;
