package dev.mettle.core.selection;

/**
 * Why a candidate was dropped.
 *
 * @param candidate its id
 * @param iteration number of instances it had, from 1; 0 where its preview dropped it
 * @param criterion the number that was compared: its criterion over them, or its cv where {@code
 *     cv_above} dropped it; possibly +infinity
 * @param bar criterion of the worst candidate kept (of the same value of {@code per}), or the limit
 *     it exceeds
 * @param reason one sentence for the user
 */
public record Elimination(
        String candidate, int iteration, double criterion, double bar, String reason) {}
