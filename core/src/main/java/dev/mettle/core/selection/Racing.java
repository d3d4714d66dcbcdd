package dev.mettle.core.selection;

import dev.mettle.core.study.SelectionSettings.Algorithm;

import java.util.List;

/**
 * A race with few looks that checks itself (docs/math/selection.md). After 1, 2, 4, 8, ...
 * instances a fixed number of the best stays ({@link RacingSchedule}). At its end it asks how often
 * a candidate with the winner's losses would have been dropped ({@link Reordering}); if more often
 * than {@value RaceCheck#LIMIT}, it lets the best of those left out in again, up to a limit, and
 * goes on. So nobody is dropped for good before the race is over, and all eliminations come at its
 * end. With previews, one training on fewer rows tells first who may race.
 *
 * <p>A failed instance is never let in again. With {@code per} each value has its own winner, its
 * own check and its own share of the places.
 */
final class Racing implements SelectionAlgorithm {
    private final RacingRule rule;

    Racing(Field field, Algorithm.Racing settings) {
        this.rule = RacingRule.of(field, settings);
    }

    @Override
    public Selection select(LossTable table) {
        return new RacingCourse(rule, table).run();
    }

    @Override
    public long trainingsAtMost() {
        List<Integer> most = rule.schedule().most();
        return rule.schedule().trainings(rule.candidates(), most)
                + (most.isEmpty() ? 0 : previews(most.getLast()));
    }

    @Override
    public long previews(int finalists) {
        return rule.previews() ? rule.candidates() + (long) finalists * (instances() - 1) : 0;
    }

    @Override
    public List<Round> rounds() {
        return rule.schedule().rounds(rule.candidates());
    }

    @Override
    public boolean isCountExact() {
        return rule.schedule().places().equals(rule.schedule().most());
    }

    @Override
    public int fewestFinalists() {
        List<Integer> places = rule.schedule().places();
        return places.isEmpty()
                ? Math.min(rule.candidates(), rule.placesWithoutLooks())
                : places.getLast();
    }

    @Override
    public int instances() {
        return rule.field().instances();
    }
}
