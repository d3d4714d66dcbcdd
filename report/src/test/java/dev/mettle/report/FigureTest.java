package dev.mettle.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class FigureTest {
    private static List<Figure> shower() {
        SyntheticRun run = new SyntheticRun();
        run.per = Optional.of("bias");
        return Figure.of(
                run.withCandidates(48).race(10).certify().withBaseline("calibrated energy sum"));
    }

    @Test
    void figuresAreThePlotsOfTheReportNamedAfterSectionAndPlot() {
        assertThat(shower())
                .extracting(Figure::name)
                .containsExactly(
                        "baselines-1",
                        "baselines-2",
                        "finalists-losses",
                        "race-alive",
                        "race-drops",
                        "race-criterion",
                        "settings-places",
                        "settings",
                        "curves-1",
                        "curves-2",
                        "curves-explosions",
                        "noise-1",
                        "noise-2");
    }

    @Test
    void captionsAreTheSentencesOfTheReportAsPlainText() {
        Figure losses = shower().get(2);
        assertThat(losses.title()).isEqualTo("Every training of the best finalists");
        assertThat(losses.caption())
                .startsWith("Each dot is one training; further left is better")
                .contains("○ race, on the validation rows; ● fresh trainings of the certificate");
        assertThat(shower())
                .allSatisfy(figure -> {
                    assertThat(figure.caption()).endsWith(".").doesNotContain("<", "&", "\n", "  ");
                    assertThat(figure.caption()).hasSizeGreaterThan(60);
                });
    }

    @Test
    void aRunWithoutTrainingsHasNoFigures() {
        assertThat(Figure.of(new SyntheticRun().withCandidates(3).race(0))).isEmpty();
    }

    @Test
    void plainTextKeepsWhatOnlyLooksLikeMarkup() {
        assertThat(Html.of("a <b>%s</b>\n c", "<i> & \"&lt;\" '").plainText())
                .isEqualTo("a <i> & \"&lt;\" ' c");
    }

    @Test
    void explosionsOfDifferentCandidatesAreLinesOfTheirOwn() throws IOException {
        JsonNode spec =
                new ObjectMapper()
                        .readTree(
                                shower().stream()
                                        .filter(figure -> figure.name().equals("curves-explosions"))
                                        .findFirst()
                                        .orElseThrow()
                                        .specification());
        Map<Integer, List<Integer>> epochs = new HashMap<>();
        for (JsonNode point : spec.at("/datasets/points")) {
            epochs.computeIfAbsent(point.get("line").asInt(), _ -> new ArrayList<>())
                    .add(point.get("epoch").asInt());
        }
        assertThat(epochs).hasSize(8);
        assertThat(epochs.values()).allSatisfy(line -> assertThat(line).doesNotHaveDuplicates());
        assertThat(spec.at("/layer/0/encoding/detail/field").asText()).isEqualTo("line");
    }
}
