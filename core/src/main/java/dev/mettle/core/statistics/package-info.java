/** Criteria, intervals, the certificate's bound and metrics; pure functions of losses. */
@NullMarked
package dev.mettle.core.statistics;

import org.jspecify.annotations.NullMarked;
