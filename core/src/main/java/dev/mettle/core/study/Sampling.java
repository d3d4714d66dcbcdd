package dev.mettle.core.study;

/**
 * How the candidates of a study were drawn; of several rounds those of the first.
 *
 * @param settings what was asked for
 * @param points drawn: one for each candidate, duplicate and candidate excluded
 * @param duplicates points dropped because they gave a candidate that was there already
 */
public record Sampling(SamplingSettings settings, int points, int duplicates) {}
