package dev.mettle.core.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.CriterionLabel;
import dev.mettle.core.study.SelectionSettings;
import dev.mettle.core.study.SelectionSettings.Algorithm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

class RacingTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    /** A race of reference/racing.py. Orders are drawn otherwise there, so errors are only near. */
    record Expected(
            String name,
            Criterion criterion,
            double[][] losses,
            double[][] previews,
            int[] instances,
            int[] previewed,
            int[] finalists,
            List<String[]> checks) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Expected> expected() throws IOException {
        List<Expected> cases = new ArrayList<>();
        try (InputStream in = RacingTest.class.getResourceAsStream("racing.txt")) {
            String text =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            for (String part : text.split("(?m)^case ")) {
                if (!part.isEmpty()) {
                    cases.add(expected(part.lines().toList()));
                }
            }
        }
        return cases;
    }

    private static Expected expected(List<String> lines) {
        Map<String, List<String[]>> byName = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.split(" ");
            byName.computeIfAbsent(words[0], _ -> new ArrayList<>())
                    .add(Arrays.copyOfRange(words, 1, words.length));
        }
        return new Expected(
                lines.getFirst(),
                CriterionLabel.parse(of(byName, "criterion").getFirst()[0]).orElseThrow(),
                table(of(byName, "losses")),
                table(byName.getOrDefault("previews", List.of())),
                numbers(of(byName, "instances").getFirst()),
                numbers(of(byName, "previewed").getFirst()),
                numbers(of(byName, "finalists").getFirst()),
                of(byName, "check"));
    }

    private static List<String[]> of(Map<String, List<String[]>> lines, String name) {
        return Objects.requireNonNull(lines.get(name));
    }

    private static double[][] table(List<String[]> rows) {
        return rows.stream()
                .map(row -> Arrays.stream(row).mapToDouble(RacingTest::loss).toArray())
                .toArray(double[][]::new);
    }

    private static double loss(String text) {
        return text.equals("inf") ? INFINITY : Double.parseDouble(text);
    }

    private static int[] numbers(String[] words) {
        return Arrays.stream(words).mapToInt(Integer::parseInt).toArray();
    }

    private static Racing racing(
            SequencedMap<String, String> groups,
            Criterion criterion,
            int instances,
            int survivors) {
        return racing(groups, criterion, instances, survivors, OptionalInt.empty());
    }

    private static Racing racing(
            SequencedMap<String, String> groups,
            Criterion criterion,
            int instances,
            int survivors,
            OptionalInt previewRows) {
        return (Racing)
                SelectionAlgorithms.of(
                        new SelectionSettings(
                                new Algorithm.Racing(survivors, previewRows),
                                criterion,
                                instances,
                                Optional.empty(),
                                0),
                        groups);
    }

    private static Race run(Racing racing, double[][] losses) {
        return Race.run(racing, Race.candidates(losses.length), (c, j) -> losses[c][j]);
    }

    private static LossTable table(SequencedMap<String, String> groups, double[][] losses) {
        LossTable table = new LossTable(List.copyOf(groups.keySet()), losses[0].length);
        for (int c = 0; c < losses.length; c++) {
            for (int j = 0; j < losses[c].length; j++) {
                table.put(Race.id(c), j, losses[c][j]);
            }
        }
        return table;
    }

    @ParameterizedTest
    @MethodSource("expected")
    void racesAreThoseOfTheReference(Expected expected) {
        double[][] losses = expected.losses();
        SequencedMap<String, String> groups = Race.candidates(losses.length);
        boolean previews = expected.previews().length > 0;
        Racing racing =
                racing(
                        groups,
                        expected.criterion(),
                        losses[0].length,
                        3,
                        previews ? OptionalInt.of(100) : OptionalInt.empty());
        Race race =
                Race.run(
                        racing,
                        groups,
                        (c, j) -> losses[c][j],
                        (c, j) -> expected.previews()[c][j]);
        int[] instances = new int[losses.length];
        int[] previewed = new int[losses.length];
        for (Selection.Next.Train step : race.steps()) {
            for (Cell cell : step.cells()) {
                (cell.preview() ? previewed : instances)[Race.number(cell.candidate())]++;
            }
        }
        assertThat(instances).isEqualTo(expected.instances());
        assertThat(previewed).isEqualTo(expected.previewed());
        assertThat(Arrays.stream(previewed).sum())
                .isEqualTo(racing.previews(race.finalists().size()));
        assertThat(race.finalists().stream().map(Ranked::candidate).mapToInt(Race::number))
                .containsExactly(
                        Arrays.stream(expected.finalists())
                                .boxed()
                                .toList()
                                .toArray(Integer[]::new));
        String[] last = expected.checks().getLast();
        RaceCheck check = race.check();
        assertThat(race.trainings() - racing.previews(race.finalists().size()))
                .isEqualTo(Long.parseLong(last[0]))
                .isEqualTo(race.end().trainings(losses[0].length));
        assertThat(check.finalists()).isEqualTo(Integer.parseInt(last[1]));
        assertThat(check.checks()).isEqualTo(expected.checks().size());
        assertThat(check.equals()).isEqualTo(Integer.parseInt(last[3]));
        if (last[2].equals("unknown")) {
            assertThat(check.error()).isEmpty();
        } else {
            assertThat(check.error().orElseThrow())
                    .isCloseTo(Double.parseDouble(last[2]), within(0.05)); // 3 standard errors
        }
    }

    @ParameterizedTest
    @CsvSource({
        "6912, 50, 3, 10020, 16236",
        "1152, 50, 3, 1928, 2868",
        "864, 50, 3, 1552, 2268",
        "500, 50, 3, 1079, 1505",
        "10, 50, 3, 157, 160",
        "3, 50, 3, 150, 150",
        "1, 50, 3, 50, 50",
        "100, 1, 3, 100, 100",
    })
    void theNumberOfTrainingsIsKnownBeforehand(
            int candidates, int instances, int survivors, long usual, long most) {
        RacingSchedule schedule = RacingSchedule.of(candidates, instances, survivors, false);
        assertThat(schedule.trainings(candidates, schedule.places())).isEqualTo(usual);
        Racing racing = racing(Race.candidates(candidates), Race.MEAN, instances, survivors);
        assertThat(racing.trainingsAtMost()).isEqualTo(most);
        assertThat(racing.isCountExact()).isEqualTo(usual == most);
    }

    @Test
    void looksDoubleAndTheLastButOneLeavesRoom() {
        assertThat(looks(50)).containsExactly(1, 2, 4, 8, 16, 32);
        assertThat(looks(10)).containsExactly(1, 2, 4);
        assertThat(looks(2)).containsExactly(1);
        assertThat(looks(1)).isEmpty();
        assertThat(RacingSchedule.of(6912, 50, 3, false).places())
                .containsExactly(864, 346, 139, 56, 23, 10);
        assertThat(RacingSchedule.of(6912, 50, 3, false).most())
                .containsExactly(2592, 1038, 417, 168, 69, 30);
    }

    @Test
    void previewsComeFirstAndAQuarterMayRace() {
        RacingSchedule schedule = RacingSchedule.of(6912, 50, 3, true);
        assertThat(schedule.looks().getFirst()).isEqualTo(new RacingSchedule.Look(1, true));
        assertThat(schedule.places()).containsExactly(1728, 864, 346, 139, 56, 23, 10);
        assertThat(schedule.most()).containsExactly(5184, 2592, 1038, 417, 168, 69, 30);
        assertThat(schedule.trainings(6912, schedule.places())).isEqualTo(4836);
        Racing racing = racing(Race.candidates(6912), Race.MEAN, 50, 3, OptionalInt.of(250));
        assertThat(racing.previews(10)).isEqualTo(6912 + 490);
        assertThat(racing.trainingsAtMost()).isEqualTo(14508 + 6912 + 30 * 49);
        assertThat(Round.trainings(racing.rounds())).isEqualTo(4836);
        assertThat(racing.rounds().getFirst()).isEqualTo(new Round(1728, 1));
    }

    @Test
    void whoIsLeftOutByAPreviewHasNoInstanceOfTheRace() {
        double[][] losses = noisy(80, 8, 0.5, 3);
        Racing racing = racing(Race.candidates(80), Race.MEAN, 8, 3, OptionalInt.of(10));
        Race race = Race.run(racing, Race.candidates(80), (c, j) -> losses[c][j]);
        Elimination first = race.end().eliminations().getFirst();
        assertThat(first.iteration()).isZero();
        assertThat(first.reason())
                .matches("racing: its loss [0-9.]+ after a preview is above [0-9.]+, .*");
        assertThat(race.steps().getFirst().iteration()).isZero();
        assertThat(race.steps().getFirst().cells()).allMatch(Cell::preview).hasSize(80);
    }

    private static List<Integer> looks(int instances) {
        return RacingSchedule.of(99, instances, 3, false).looks().stream()
                .map(RacingSchedule.Look::instances)
                .toList();
    }

    private static double[][] noisy(int candidates, int instances, double spread, long seed) {
        Random random = new Random(seed);
        double[][] losses = new double[candidates][instances];
        for (double[] row : losses) {
            double level = StrictMath.exp(spread * random.nextGaussian());
            Arrays.setAll(row, _ -> level * StrictMath.exp(0.3 * random.nextGaussian()));
        }
        return losses;
    }

    @Test
    void neverMoreTrainingsThanSaidAndNobodyIsDroppedBeforeTheEnd() {
        for (int seed = 0; seed < 20; seed++) {
            double[][] losses = noisy(150, 20, seed % 2 == 0 ? 0.05 : 0.5, seed);
            Racing racing = racing(Race.candidates(150), Race.MEAN, 20, 3);
            Race race = run(racing, losses);
            assertThat(race.trainings()).isLessThanOrEqualTo(racing.trainingsAtMost());
            Set<String> ended = new TreeSet<>();
            race.end().eliminations().forEach(e -> ended.add(e.candidate()));
            race.finalists().forEach(f -> ended.add(f.candidate()));
            assertThat(ended).hasSize(150);
            assertThat(race.end().eliminations()).hasSize(150 - race.finalists().size());
            assertThat(race.end().trainings(20)).isEqualTo(race.trainings());
        }
    }

    @Test
    void lossesThatNobodyAskedForChangeNothing() {
        for (int seed = 0; seed < 10; seed++) {
            double[][] losses = noisy(120, 20, 0.1, seed);
            SequencedMap<String, String> groups = Race.candidates(120);
            Racing racing = racing(groups, Race.MEAN, 20, 3);
            Race race = run(racing, losses);
            assertThat(racing.select(table(groups, losses))).isEqualTo(race.end());
        }
    }

    @Test
    void eliminationsSayAfterHowManyInstancesAndBehindWhom() {
        double[][] losses = noisy(60, 20, 0.5, 3);
        losses[7][0] = INFINITY;
        Racing racing = racing(Race.candidates(60), Race.MEAN, 20, 3);
        Race race = run(racing, losses);
        assertThat(race.end().eliminations())
                .anySatisfy(e -> assertThat(e.reason()).isEqualTo("racing: 1 of 1 instance failed"))
                .anySatisfy(e ->
                        assertThat(e.reason())
                                .startsWith("racing: its geometric mean")
                                .contains("after 2 instances is above", "the worst that was kept"));
    }

    @Test
    void everyValueOfPerKeepsItsBestAndIsCheckedByItself() {
        double[][] losses = noisy(90, 20, 0.2, 5);
        for (int c = 0; c < 90; c += 3) {
            for (int j = 0; j < 20; j++) {
                losses[c][j] *= 50; // hopeless beside the others
            }
        }
        SequencedMap<String, String> groups =
                Race.groups(90, c -> c % 3 == 0 ? "bad" : c % 3 == 1 ? "good" : "fair");
        Racing racing = racing(groups, Race.MEAN, 20, 3);
        Race race = run(racing, losses);
        assertThat(race.finalists().stream().map(Ranked::group).distinct())
                .containsExactlyInAnyOrder("bad", "good", "fair");
        assertThat(race.trainings()).isLessThanOrEqualTo(racing.trainingsAtMost());
        assertThat(race.check().error()).isPresent();
    }

    @Test
    void aCandidateThatFailsInTheRaceNeverWinsWhileAnotherDoesNot() {
        for (int seed = 0; seed < 20; seed++) {
            double[][] losses = noisy(80, 20, 0.1, seed);
            Random random = new Random(seed);
            for (int c = 0; c < 60; c++) {
                losses[c][random.nextInt(20)] = INFINITY;
            }
            Racing racing = racing(Race.candidates(80), Race.MEAN, 20, 3);
            Race race = run(racing, losses);
            Ranked winner = race.finalists().getFirst();
            assertThat(
                            winner.failures() == 0
                                    || race.finalists().stream().allMatch(f -> f.failures() > 0))
                    .isTrue();
        }
    }

    @Test
    void lossesOfZeroOrLessHaveNoLogarithmAndAreCompared() {
        double[][] losses = noisy(60, 20, 0.3, 9);
        for (double[] row : losses) {
            Arrays.setAll(row, j -> row[j] - 1);
        }
        Racing racing = racing(Race.candidates(60), Race.MEAN, 20, 3);
        Race race = run(racing, losses);
        double best =
                Arrays.stream(losses[Race.number(race.finalists().getFirst().candidate())])
                        .average()
                        .orElseThrow();
        assertThat(best).isNegative();
        assertThat(race.finalists().getFirst().criterion()).isCloseTo(best, within(1e-12));
    }

    /** 500 candidates that differ by chance alone: an honest race does not claim to be sure. */
    @Test
    void whereAllAreEqualTheErrorIsSaidToBeLarge() {
        int sure = 0;
        for (int seed = 0; seed < 30; seed++) {
            double[][] losses = noisy(500, 20, 0, seed);
            SequencedMap<String, String> groups = Race.candidates(500);
            Racing racing = racing(groups, Race.MEAN, 20, 3);
            sure += run(racing, losses).check().error().orElseThrow() <= RaceCheck.LIMIT ? 1 : 0;
        }
        assertThat(sure).isLessThanOrEqualTo(1);
    }
}
