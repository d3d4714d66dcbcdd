package dev.mettle.cli.yaml;

import static dev.mettle.cli.yaml.StudyText.SHORTEST;
import static dev.mettle.cli.yaml.StudyText.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.Study;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Candidates drawn from a space. */
class SamplingTest {
    private static final String STUDY =
            SHORTEST.replace("lr: 0.001", "lr: $lr").replace("dense: 8", "dense: $hidden")
                    + """
                    seed: 5
                    space:
                      lr: {min: 1e-4, max: 1e-2, log: true}
                      hidden: {min: 8, max: 11, integer: true}
                    sampling: {method: sobol, count: 64}
                    """;

    /** 2 x 4 shallow and 2 x 4 x 3 deep networks. */
    private static final String VARIANTS =
            SHORTEST.replace("lr: 0.001", "lr: $lr")
                            .replaceFirst("network: .*}", "network: \\$net}")
                    + """
                    space:
                      net:
                        shallow: [flatten, dense: $hidden, activation: relu, dense: 1]
                        deep: [flatten, dense: $hidden, activation: relu, dense: $second, dense: 1]
                      hidden: [8, 16, 32, 64]
                      second: [2, 4, 8]
                      lr: [0.001, 0.01]
                    """;

    @ParameterizedTest
    @ValueSource(strings = {"sobol", "random"})
    void theFirstCandidatesOfTwiceAsManyAreTheSame(String method) {
        String text = STUDY.replace("sobol", method);
        List<Candidate> few = read(text).candidates();
        List<Candidate> many = read(text.replace("count: 64", "count: 128")).candidates();
        assertThat(few).hasSize(64);
        assertThat(many).hasSize(128);
        assertThat(many.subList(0, 64)).isEqualTo(few);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sobol", "random"})
    void readingInSeveralThreadsGivesTheSameCandidates(String method) {
        String text = STUDY.replace("sobol", method);
        List<Candidate> alone = read(text).candidates();
        assertThat(IntStream.range(0, 8).parallel().mapToObj(_ -> read(text).candidates()).toList())
                .allMatch(alone::equals);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sobol", "random"})
    void anotherSeedDrawsOtherCandidates(String method) {
        String text = STUDY.replace("sobol", method);
        Set<String> ids = ids(read(text));
        ids.retainAll(ids(read(text.replace("seed: 5", "seed: 6"))));
        assertThat(ids).hasSizeLessThan(5);
    }

    @Test
    void aSequenceOfSobolSharesItsPointsEquallyAmongValues() {
        Map<String, Long> counts =
                read(STUDY).candidates().stream()
                        .collect(
                                Collectors.groupingBy(
                                        candidate -> setting(candidate, "hidden"),
                                        Collectors.counting()));
        assertThat(counts).isEqualTo(Map.of("8", 16L, "9", 16L, "10", 16L, "11", 16L));
    }

    @Test
    void aLogarithmicRangeHasAsManyCandidatesInEachDecade() {
        assertThat(
                        read(STUDY).candidates().stream()
                                .filter(candidate ->
                                        Double.parseDouble(setting(candidate, "lr")) < 1e-3))
                .hasSize(32);
    }

    @Test
    void theFirstCandidatesArePinned() { // reference/sobol.py
        assertThat(read(STUDY).candidates().subList(0, 3))
                .extracting(Candidate::settingsText)
                .containsExactly(
                        "lr=0.002348,hidden=8", "lr=0.0002348,hidden=10", "lr=0.0007424,hidden=9");
        assertThat(read(STUDY.replace("sobol", "random")).candidates().subList(0, 3))
                .extracting(Candidate::settingsText)
                .containsExactly(
                        "lr=0.008663,hidden=9", "lr=0.0001205,hidden=8", "lr=0.000431,hidden=11");
    }

    @Test
    void aSampledCandidateHasTheIdOfTheSameCandidateWrittenInAList() {
        Candidate drawn = read(STUDY).candidates().getFirst();
        String written =
                SHORTEST.replace("lr: 0.001", "lr: " + setting(drawn, "lr"))
                        .replace("dense: 8", "dense: " + setting(drawn, "hidden"));
        assertThat(read(written).candidates().getFirst().id()).isEqualTo(drawn.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sobol", "random"})
    void aSampleOfAnEnumerableSpaceIsPartOfIt(String method) {
        Set<String> all = ids(read(VARIANTS));
        assertThat(all).hasSize(32);
        Study sample = read(VARIANTS + "sampling: {method: %s, count: 20}".formatted(method));
        assertThat(ids(sample)).hasSize(20).isSubsetOf(all);
        assertThat(sample.candidates())
                .filteredOn(candidate -> setting(candidate, "net").equals("shallow"))
                .isNotEmpty()
                .noneMatch(candidate -> candidate.settings().containsKey("second"));
        assertThat(sample.warnings()).noneMatch(warning -> warning.startsWith("sampling"));
    }

    @Test
    void theWholeSpaceCanBeDrawnAndDuplicatesAreCounted() {
        Study whole = read(VARIANTS + "sampling: {count: 32}\n");
        assertThat(ids(whole)).isEqualTo(ids(read(VARIANTS)));
        assertThat(whole.sampling().orElseThrow().points())
                .isEqualTo(32 + whole.sampling().orElseThrow().duplicates());
        assertThat(whole.sampling().orElseThrow().duplicates()).isPositive();
        assertThat(whole.warnings())
                .contains(
                        "sampling: the space has no more than the 32 candidates asked for; without"
                                + " sampling it is taken as a whole.");
    }

    @Test
    void excludedCandidatesAreReplaced() {
        // 15 x 15 inputs: 226 weights for each unit, and the last layer
        Study study = read(STUDY + "constraints: {parameters: 2100}\n");
        assertThat(study.candidates())
                .hasSize(64)
                .allMatch(candidate -> candidate.parameters() <= 2100);
        assertThat(study.excluded()).isPositive();
        assertThat(study.sampling().orElseThrow().points())
                .isEqualTo(64 + study.excluded() + study.sampling().orElseThrow().duplicates());
    }

    @Test
    void theSearchForCandidatesEndsAndSaysSo() {
        String text =
                STUDY.replace("{min: 1e-4, max: 1e-2, log: true}", "[0.1, 0.2]")
                        .replace("count: 64", "count: 5");
        Study study = read(text + "constraints: {parameters: 2100}\n");
        assertThat(study.candidates()).hasSize(4); // widths 8 and 9 only
        assertThat(study.warnings())
                .contains(
                        "sampling: 1,500 points gave only 4 of the 5 candidates asked for (1,492"
                                + " duplicates, 4 excluded).");
    }

    @Test
    void candidatesThatAreTwinsAreDropped() {
        String text =
                STUDY.replace("min: 8, max: 11, integer: true", "a: 8, b: 8")
                        .replace("{min: 1e-4, max: 1e-2, log: true}", "[0.1, 0.2]")
                        .replace("count: 64", "count: 3");
        assertThat(read(text).candidates()).hasSize(2);
    }

    @Test
    void aWinnerForEachValueNeedsADimensionWithCandidates() {
        String per = "selection: {per: hidden}\n";
        String text = STUDY.replace("{min: 8, max: 11, integer: true}", "[8, 16, 32, 64]");
        assertThat(read(text + per).warnings()).isEmpty();
        assertThat(read(text.replace("count: 64", "count: 3") + per).warnings())
                .anyMatch(
                        warning -> warning.startsWith("sampling: no candidate drawn has hidden="));
    }

    @Test
    void namedValuesMayBeCalledAsTheKeysOfARange() {
        String text =
                SHORTEST.replaceFirst("network: .*}", "network: \\$net}")
                        + """
                        space:
                          net: {max: [flatten, dense: 1], min: [flatten, dense: 2, dense: 1]}
                        """;
        assertThat(read(text).candidates()).hasSize(2);
    }

    @Test
    void tensOfThousandsOfCandidatesAreDrawn() {
        Study study = read(STUDY.replace("count: 64", "count: 20000").replace("11,", "1000,"));
        assertThat(new HashSet<>(study.candidates())).hasSize(20_000);
    }

    private static Set<String> ids(Study study) {
        return study.candidates().stream()
                .map(Candidate::id)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static String setting(Candidate candidate, String name) {
        return candidate.settings().getOrDefault(name, "");
    }
}
