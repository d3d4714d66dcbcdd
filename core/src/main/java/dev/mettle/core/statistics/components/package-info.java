/**
 * Where the spread of losses comes from: variance components of a crossed grid of initial weights,
 * training samples and perhaps mini-batch orders, with intervals; failed trainings in such a grid;
 * and the comparison of two spreads. Pure functions of losses.
 */
@NullMarked
package dev.mettle.core.statistics.components;

import org.jspecify.annotations.NullMarked;
