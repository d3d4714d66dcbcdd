package dev.mettle.core.run;

/**
 * What a round of a study drew, of several.
 *
 * @param round from 1
 * @param candidates new ones
 * @param instances of its finalists, or of its survivors where it is not the last
 * @param points drawn: one for each candidate, duplicate and candidate excluded
 * @param duplicates points dropped because they gave a candidate that was there already
 * @param excluded points dropped because a constraint excludes them
 */
public record RoundRecord(
        int round, int candidates, int instances, int points, int duplicates, int excluded) {}
