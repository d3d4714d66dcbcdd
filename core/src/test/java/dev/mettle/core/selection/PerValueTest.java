package dev.mettle.core.selection;

import static dev.mettle.core.selection.Race.id;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.study.SelectionSettings.Drop;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/** Selection with {@code per}; docs/decisions/0005-selection-per-value.md. */
class PerValueTest {
    /** Value "bad" is worse than every other by more than the others differ. */
    private static double loss(SequencedMap<String, String> groups, int candidate) {
        return candidate + ("bad".equals(groups.get(id(candidate))) ? 10_000.0 : 0);
    }

    @Test
    void thePapersSpaceTakes41569TrainingsWithPerToo() {
        SequencedMap<String, String> groups = Race.groups(6912, i -> i % 2 == 0 ? "good" : "bad");
        SelectionAlgorithm algorithm = Race.half(groups, 5, 50, 3);
        Race race = Race.run(algorithm, groups, (candidate, instance) -> loss(groups, candidate));
        assertThat(race.trainings()).isEqualTo(41_569);
        assertThat(algorithm.trainingsAtMost()).isEqualTo(41_569);
        assertThat(race.finalists())
                .containsExactly(
                        new Ranked(id(0), "good", 0, 0),
                        new Ranked(id(2), "good", 2, 0),
                        new Ranked(id(1), "bad", 10_001, 0));
    }

    @Test
    void halfOfThePlacesBelongToEachOfTwoValues() {
        SequencedMap<String, String> groups = Race.groups(20, i -> i < 10 ? "good" : "bad");
        Race race =
                Race.run(
                        Race.half(groups, 1, 1, 2),
                        groups,
                        (candidate, instance) -> loss(groups, candidate));
        assertThat(sizes(race)).isEqualTo(Map.of("good", 5L, "bad", 5L));
        assertThat(race.finalistIds()).startsWith(id(0), id(1)).endsWith(id(13), id(14));
        assertThat(race.reasons())
                .contains(
                        "half: its mean 5 after 1 instance is above 4, the worst kept for good",
                        "half: its mean 10015 after 1 instance is above 10014, the worst kept for"
                                + " bad");
    }

    @Test
    void theOddPlaceGoesToTheBestOfTheRest() {
        SequencedMap<String, String> groups = Race.groups(10, i -> i < 5 ? "bad" : "good");
        Race race =
                Race.run(
                        Race.half(groups, 1, 1, 2),
                        groups,
                        (candidate, instance) -> loss(groups, candidate));
        assertThat(sizes(race)).isEqualTo(Map.of("good", 3L, "bad", 2L));
    }

    @Test
    void aValueWithFewCandidatesKeepsThemAndLeavesItsOtherPlaces() {
        SequencedMap<String, String> groups = Race.groups(20, i -> i == 7 ? "bad" : "good");
        Race race =
                Race.run(
                        Race.half(groups, 1, 1, 2),
                        groups,
                        (candidate, instance) -> loss(groups, candidate));
        assertThat(sizes(race)).isEqualTo(Map.of("good", 9L, "bad", 1L));
    }

    @Test
    void moreValuesThanSurvivorsKeepOneCandidateEach() {
        SequencedMap<String, String> groups = Race.groups(40, i -> "v" + i % 5);
        SelectionAlgorithm algorithm = Race.half(groups, 2, 10, 3);
        Race race = Race.run(algorithm, groups, (candidate, instance) -> candidate + 0.0);
        assertThat(race.finalistIds()).containsExactly(id(0), id(1), id(2), id(3), id(4));
        assertThat(race.trainings())
                .isEqualTo(algorithm.trainingsAtMost())
                .isEqualTo(40 * 2 + 20 + 10 + 5 * 6);
    }

    @Test
    void aValueOfFailuresOnlyStillHasAFinalistThatSaysSo() {
        SequencedMap<String, String> groups = Race.groups(12, i -> i % 2 == 0 ? "good" : "bad");
        Race race =
                Race.run(
                        Race.half(groups, 2, 4, 2),
                        groups,
                        (candidate, instance) ->
                                candidate % 2 == 0 ? candidate : Double.POSITIVE_INFINITY);
        assertThat(race.finalists())
                .containsExactly(
                        new Ranked(id(0), "good", 0, 0),
                        new Ranked(id(1), "bad", Double.POSITIVE_INFINITY, 4));
    }

    @Test
    void aLimitKeepsAllThatMeetItAndTheBestOfAValueThatDoesNot() {
        SequencedMap<String, String> groups = Race.groups(10, i -> i < 5 ? "good" : "bad");
        Race race =
                Race.run(
                        Race.progressive(groups, Race.MEAN, 1, 3, 1, new Drop.Above(100)),
                        groups,
                        (candidate, instance) -> loss(groups, candidate));
        assertThat(race.finalistIds()).containsExactly(id(0), id(1), id(2), id(3), id(4), id(5));
    }

    @Test
    void everyValueHasAFinalistAndEveryCandidateOneFate() {
        for (int values = 1; values <= 6; values++) {
            for (int survivors = 1; survivors <= 7; survivors++) {
                int v = values;
                SequencedMap<String, String> groups = Race.groups(30, i -> "v" + i * i % 31 % v);
                Set<String> present = new HashSet<>(groups.values());
                SelectionAlgorithm algorithm = Race.half(groups, 2, 8, survivors);
                Race race =
                        Race.run(
                                algorithm,
                                groups,
                                (candidate, instance) -> candidate * 13 % 30 + instance * 0.1);
                assertThat(sizes(race).keySet()).isEqualTo(present);
                assertThat(race.finalists()).hasSize(Math.max(survivors, present.size()));
                assertThat(race.trainings()).isEqualTo(algorithm.trainingsAtMost());
                Set<String> all = new HashSet<>(race.finalistIds());
                all.addAll(race.dropped());
                assertThat(all).hasSize(30);
                assertThat(
                                List.of(race.finalistIds(), race.dropped()).stream()
                                        .mapToInt(List::size)
                                        .sum())
                        .isEqualTo(30);
            }
        }
    }

    private static Map<String, Long> sizes(Race race) {
        return race.finalists().stream()
                .collect(Collectors.groupingBy(Ranked::group, Collectors.counting()));
    }
}
