package dev.mettle.cli.yaml;

import static dev.mettle.cli.yaml.StudyText.SHORTEST;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.study.SelectionSettings;
import dev.mettle.core.study.StudyDefaults;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Settings of selection and certificate that the candidates leave without effect. */
class SelectionWarningsTest {
    private static final String SPACE =
            SHORTEST.replace("dense: 8", "dense: $h").replace("relu", "$act")
                    + "space: {h: [1, 2, 3, 4], act: [relu, tanh]}\n";

    private static List<String> warnings(String text) {
        return StudyText.read(text).warnings();
    }

    @Test
    void aSoundStudyHasNoWarning() {
        assertThat(warnings(SHORTEST)).isEmpty();
        assertThat(warnings(SPACE)).isEmpty();
        assertThat(warnings(SPACE + "selection: {survivors: 7}\ncertificate: {attempts: 7}\n"))
                .isEmpty();
        assertThat(
                        warnings(
                                SPACE
                                        + "selection: {algorithm: exhaustive, per: act}\n"
                                        + "certificate: {attempts: 4}\n"))
                .isEmpty();
        assertThat(
                        warnings(
                                SPACE
                                        + "selection: {survivors: 4, per: act}\n"
                                        + "certificate: {attempts: 2}\n"))
                .isEmpty();
    }

    @Test
    void survivorsThatAreAllCandidatesDropNobody() {
        for (String algorithm : List.of("progressive", "halving")) {
            assertThat(
                            warnings(
                                    SPACE
                                            + "selection: {algorithm: %s, survivors: 8}\n"
                                                    .formatted(algorithm)))
                    .containsExactly(
                            "selection: survivors (8) is not below the number of candidates (8), so"
                                + " none is ever dropped; algorithm: exhaustive says the same.");
        }
        assertThat(
                        warnings(
                                SPACE
                                        + "selection: {survivors: 8, algorithm: progressive, per:"
                                        + " act}\n"))
                .hasSize(1);
    }

    @Test
    void aValueOfPerWhosePlacesAreAllItsCandidatesIsNamed() {
        String uneven =
                SHORTEST.replace("[flatten, dense: 8, activation: relu, dense: 1]", "$net")
                        + """
                        space:
                          net:
                            a: [flatten, dense: 1]
                            b: [flatten, dense: $h, activation: relu, dense: 1]
                            c: [flatten, dense: $w, activation: relu, dense: 1]
                          h: [1, 2]
                          w: [3, 4, 5, 6, 7]
                        selection: {per: net, survivors: 6}
                        """;
        assertThat(warnings(uneven))
                .containsExactly(
                        "selection: of 6 survivors, 2 places belong to net=b, which has only 2"
                                + " candidates: none of them is ever dropped.");
    }

    @Test
    void attemptsBeyondTheFinalistsOfAGroupAreNamed() {
        assertThat(
                        warnings(
                                SPACE
                                        + "selection: {survivors: 4, per: act}\n"
                                        + "certificate: {attempts: 3}\n"))
                .containsExactly(
                        "certificate: 3 attempts are declared, but act=relu is sure of only 2"
                                + " finalists to try. Attempts that can't be made still cost"
                                + " confidence; write attempts: 2, or raise survivors.",
                        "certificate: 3 attempts are declared, but act=tanh is sure of only 2"
                                + " finalists to try. Attempts that can't be made still cost"
                                + " confidence; write attempts: 2, or raise survivors.");
        assertThat(warnings(SHORTEST + "certificate: {attempts: 2}\n"))
                .containsExactly(
                        "certificate: 2 attempts are declared, but the selection is sure of only 1"
                            + " finalist to try. Attempts that can't be made still cost confidence;"
                            + " write attempts: 1, or raise survivors.");
    }

    @Test
    void halvingHasItsDefaults() {
        assertThat(StudyDefaults.ETA).isEqualTo(2);
        assertThat(StudyText.read(SHORTEST + "selection: {algorithm: halving}\n").selection())
                .extracting(SelectionSettings::algorithm, SelectionSettings::instances)
                .containsExactly(
                        new SelectionSettings.Algorithm.Halving(
                                2, StudyDefaults.WARMUP, StudyDefaults.SURVIVORS),
                        StudyDefaults.INSTANCES);
        assertThat(
                        StudyText.read(
                                        SHORTEST
                                                + "selection: {algorithm: halving, eta: 4, warmup:"
                                                + " 1, survivors: 2, instances: 64}\n")
                                .selection()
                                .algorithm())
                .isEqualTo(new SelectionSettings.Algorithm.Halving(4, 1, 2));
    }
}
