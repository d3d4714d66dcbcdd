/**
 * Linear baselines for any data: ridge regression and logistic regression on all inputs and
 * features of a row.
 */
@NullMarked
package dev.mettle.linear;

import org.jspecify.annotations.NullMarked;
