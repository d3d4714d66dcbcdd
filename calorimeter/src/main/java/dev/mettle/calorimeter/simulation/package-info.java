/**
 * Electromagnetic showers in a sampling calorimeter: the parameterisation of G. Grindhammer and S.
 * Peters (hep-ex/0001020), and what the read-out makes of them (docs/math/simulation.md).
 */
@NullMarked
package dev.mettle.calorimeter.simulation;

import org.jspecify.annotations.NullMarked;
