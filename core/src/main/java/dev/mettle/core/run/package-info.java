/**
 * Drives a study from selection to certificate over the ports; knows neither files nor terminals.
 */
@NullMarked
package dev.mettle.core.run;

import org.jspecify.annotations.NullMarked;
