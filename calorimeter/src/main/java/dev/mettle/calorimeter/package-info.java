/**
 * What a calorimeter physicist computes by hand: energy sum, barycentre, and the baseline made from
 * them.
 */
@NullMarked
package dev.mettle.calorimeter;

import org.jspecify.annotations.NullMarked;
