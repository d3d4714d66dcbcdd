package dev.mettle.core.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.study.SelectionSettings;
import dev.mettle.core.study.SelectionSettings.Algorithm;
import dev.mettle.core.study.SelectionSettings.Drop;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

class RoundRaceTest {
    static Stream<Algorithm> algorithms() {
        return Stream.of(
                new Algorithm.Exhaustive(),
                new Algorithm.Progressive(2, 3, new Drop.Half()),
                new Algorithm.Halving(2, 2, 3),
                new Algorithm.Racing(3, OptionalInt.empty()));
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void theBestFiveSurviveAQuarterOfTheInstances(Algorithm algorithm) {
        Race race = race(algorithm, 40, Set.of());
        boolean few =
                algorithm instanceof Algorithm.Halving || algorithm instanceof Algorithm.Racing;
        int survivors = few ? 3 : 5;
        assertThat(race.finalistIds())
                .isEqualTo(List.of("c00", "c01", "c02", "c03", "c04").subList(0, survivors));
        assertThat(race.steps().getLast().iteration()).isEqualTo(3);
        assertThat(race.dropped()).hasSize(40 - survivors).doesNotHaveDuplicates();
        assertThat(race.trainings())
                .isLessThanOrEqualTo(algorithm(algorithm, 40, Set.of()).trainingsAtMost());
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void eliminationsOnlyGrow(Algorithm algorithm) {
        SelectionAlgorithm round = algorithm(algorithm, 30, Set.of("c05", "c29"));
        LossTable table = known(List.copyOf(groups(30).keySet()), Set.of("c05", "c29"));
        List<Elimination> before = List.of();
        while (round.select(table).next() instanceof Selection.Next.Train train) {
            List<Elimination> now = round.select(table).eliminations();
            assertThat(now.subList(0, before.size())).isEqualTo(before);
            before = now;
            for (Cell cell : train.cells()) {
                table.put(cell.candidate(), cell.instance(), loss(cell));
            }
        }
        List<Elimination> last = round.select(table).eliminations();
        assertThat(last.subList(0, before.size())).isEqualTo(before);
    }

    @Test
    void aSurvivorThatTheFirstLookDropsIsComparedAgainByAllItsInstances() {
        // c39 is bad in instance 0 alone, and the best by all three
        LossTable table = known(List.copyOf(groups(40).keySet()), Set.of());
        table.put("c39", 0, 150);
        table.put("c39", 1, 10);
        table.put("c39", 2, 10);
        Algorithm racing = new Algorithm.Racing(3, OptionalInt.empty());
        Race kept =
                Race.run(
                        algorithm(racing, 40, Set.of("c39")),
                        table,
                        (candidate, _) -> 100 + candidate);
        assertThat(kept.finalistIds()).startsWith("c39", "c00");
        assertThat(kept.dropped()).doesNotContain("c39");
    }

    @Test
    void aSurvivorThatIsNotAmongTheBestIsDroppedWithAllItsInstances() {
        LossTable table = known(List.copyOf(groups(40).keySet()), Set.of("c20"));
        Race race =
                Race.run(
                        algorithm(new Algorithm.Exhaustive(), 40, Set.of("c20")),
                        table,
                        (candidate, _) -> 1 + candidate);
        assertThat(race.end().eliminations())
                .filteredOn(elimination -> elimination.candidate().equals("c20"))
                .singleElement()
                .satisfies(elimination -> {
                    assertThat(elimination.iteration()).isEqualTo(3);
                    assertThat(elimination.reason())
                            .isEqualTo(
                                    "exhaustive: its mean 21 after 3 instances is above 5, the"
                                            + " worst that was kept");
                });
    }

    @Test
    void eachValueOfPerHasFiveSurvivorsAtMost() {
        SequencedMap<String, String> groups = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            groups.put("c%02d".formatted(i), i < 3 ? "few" : "many");
        }
        Race race =
                Race.run(
                        SelectionAlgorithms.ofRound(
                                settings(new Algorithm.Exhaustive()), groups, Set.of()),
                        groups,
                        (candidate, _) -> 1 + candidate);
        assertThat(race.finalistIds())
                .containsExactly("c00", "c01", "c02", "c03", "c04", "c05", "c06", "c07");
    }

    @Test
    void aWarmUpLongerThanAQuarterIsTrainedToItsEnd() {
        assertThat(RoundRace.settings(settings(new Algorithm.Halving(2, 7, 3))).instances())
                .isEqualTo(7);
        assertThat(
                        RoundRace.settings(settings(new Algorithm.Racing(3, OptionalInt.empty())))
                                .instances())
                .isEqualTo(3);
    }

    private static Race race(Algorithm algorithm, int candidates, Set<String> survivors) {
        return Race.run(
                algorithm(algorithm, candidates, survivors),
                groups(candidates),
                (candidate, _) -> 1 + candidate);
    }

    private static SelectionAlgorithm algorithm(
            Algorithm algorithm, int candidates, Set<String> survivors) {
        return SelectionAlgorithms.ofRound(settings(algorithm), groups(candidates), survivors);
    }

    private static SelectionSettings settings(Algorithm algorithm) {
        return new SelectionSettings(algorithm, new Criterion.Mean(), 10, Optional.empty(), 0);
    }

    private static SequencedMap<String, String> groups(int candidates) {
        SequencedMap<String, String> groups = new LinkedHashMap<>();
        for (int i = 0; i < candidates; i++) {
            groups.put("c%02d".formatted(i), "");
        }
        return groups;
    }

    private static LossTable known(List<String> candidates, Set<String> survivors) {
        LossTable table = new LossTable(candidates, 10);
        for (String survivor : survivors) {
            for (int j = 0; j < 3; j++) {
                table.put(survivor, j, loss(new Cell(survivor, j)));
            }
        }
        return table;
    }

    private static double loss(Cell cell) {
        return 1 + Integer.parseInt(cell.candidate().substring(1));
    }
}
