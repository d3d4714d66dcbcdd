package dev.mettle.core.stability;

import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.Proportion;

import java.util.OptionalDouble;

/**
 * How good picks are when they are judged by instances that had no part in choosing them: the
 * blocks of the table are split at random into two halves; one chooses, the other one judges. No
 * pick profits from its own luck here, as the best of the full table does.
 *
 * <p>The true regret of a pick lies between two means over the splits, of C the criterion on the
 * judging half, and p(n) the pick by n instances of the choosing half:
 *
 * <pre>
 * at least  C(p(n)) / C(p(half)) - 1    since p(half) is at best the best candidate
 * at most   C(p(n)) / min C - 1         since the judging half's smallest C is a lucky one
 * </pre>
 *
 * (numerators and denominators averaged before they are divided). The first may be below 0 by
 * chance.
 *
 * @param chosenBy instances per candidate of the choosing half: p(half) has seen them all
 * @param judgedBy instances per candidate of the judging half
 * @param agreement how often n instances of each half, which share none, pick the same candidate
 * @param within how often the pick is within {@link Criterion#TOLERANCE} of the judging half's own
 *     best: a cautious figure, as that best one is a lucky one
 * @param failed how often the pick has a failed instance in the judging half
 * @param atLeast lower estimate of the regret; empty where a failed pick makes a mean infinite
 * @param atMost upper estimate of the regret; likewise
 */
public record FreshJudgement(
        int chosenBy,
        int judgedBy,
        Proportion agreement,
        Proportion within,
        Proportion failed,
        OptionalDouble atLeast,
        OptionalDouble atMost) {}
