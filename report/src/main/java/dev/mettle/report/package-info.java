/** The report of a run as one HTML file. */
@NullMarked
package dev.mettle.report;

import org.jspecify.annotations.NullMarked;
