package dev.mettle.core.selection;

import dev.mettle.core.study.SelectionSettings.Algorithm;

/**
 * What a race with few looks goes by.
 *
 * @param field who races, and what is compared
 * @param values of {@code per}
 * @param minimum candidates that are never dropped
 * @param previews whether a preview tells first who may race
 * @param schedule when it looks, and how many stay
 * @param statistic what is compared at a look
 */
record RacingRule(
        Field field,
        int values,
        int minimum,
        boolean previews,
        RacingSchedule schedule,
        RacingStatistic statistic) {
    static RacingRule of(Field field, Algorithm.Racing settings) {
        int values = field.values();
        int minimum = Math.max(settings.survivors(), values);
        boolean previews = settings.previewRows().isPresent();
        return new RacingRule(
                field,
                values,
                minimum,
                previews,
                RacingSchedule.of(field.candidates().size(), field.instances(), minimum, previews),
                new RacingStatistic(field.criterion(), field.instances()));
    }

    /** Returns the number of candidates. */
    int candidates() {
        return field.candidates().size();
    }

    /** Returns how many stay after a single instance, of those that there are. */
    int placesWithoutLooks() {
        return Math.max(minimum, RacingSchedule.finalists(candidates()));
    }
}
