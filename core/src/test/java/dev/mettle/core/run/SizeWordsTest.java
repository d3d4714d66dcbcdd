package dev.mettle.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.statistics.SizedLosses;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

class SizeWordsTest {
    private static final int POOL = 20_000;

    /** Losses whose cv is about 10 % at {@code robust} rows and falls as one over their root. */
    private static List<SizedLosses> sizes(double robust, int... rows) {
        List<SizedLosses> sizes = new ArrayList<>();
        for (int size : rows) {
            double[] losses = new double[50];
            for (int i = 0; i < losses.length; i++) {
                double score = ((i * 7 + size) % 50 - 24.5) / 14.58; // of variance 1
                losses[i] = Math.exp(0.1 * Math.sqrt(robust / size) * score);
            }
            sizes.add(SizedLosses.of(size, losses));
        }
        return sizes;
    }

    private static SizeStudy.Measured measured(String bias, List<SizedLosses> sizes) {
        return new SizeStudy.Measured(
                new CandidateRecord(
                        "1f0c93ab" + bias,
                        new LinkedHashMap<>(Map.of("bias", bias, "c1", "8")),
                        100),
                sizes);
    }

    private static SizeWords words(SizeStudy.Measured... measured) {
        return new SizeWords(SizeStudy.of(List.of(measured), true, OptionalInt.of(POOL)));
    }

    @Test
    void oneCandidateHasOneSentenceWithBothEnds() {
        SizeWords words = words(measured("true", sizes(800, 200, 400, 800, 1600, 3200)));
        assertThat(words.verdict())
                .isEqualTo(
                        "robust from 1,600 rows on (family-wise error at most 5 %); not robust up"
                                + " to 400 rows");
        assertThat(words.details()).hasSize(1);
        assertThat(words.details().getFirst())
                .matches(
                        "It is proved not robust up to 400 rows and robust from 1,600 rows on; its"
                                + " curve of cv reaches 10 % at about \\d{3} rows \\(95 %"
                                + " interval: \\d{3} to (\\d{3}|1,\\d00)\\)\\.");
    }

    @Test
    void robustEverywhereAndNowhereAreSaidSo() {
        assertThat(words(measured("true", sizes(10, 200, 400))).verdict())
                .isEqualTo(
                        "robust at every size tried, from 200 rows on (family-wise error at most"
                                + " 5 %)");
        assertThat(words(measured("true", sizes(9000, 200, 1400))).verdict())
                .isEqualTo(
                        "not robust at any size tried, up to 1,400 rows (family-wise error at most"
                                + " 5 %)");
        assertThat(words(measured("true", sizes(400, 100, 400))).verdict())
                .isEqualTo(
                        "not shown to be robust at any size tried, up to 400 rows (family-wise"
                                + " error at most 5 %); not robust up to 100 rows");
    }

    @Test
    void twoCandidatesAreNamedByWhatDiffersAndComparedAsMoreRows() {
        List<SizedLosses> with = sizes(400, 100, 200, 400, 800, 1600, 3200, 6400);
        List<SizedLosses> without = sizes(1600, 100, 200, 400, 800, 1600, 3200, 6400);
        for (SizeWords words :
                List.of(
                        words(measured("true", with), measured("false", without)),
                        words(measured("false", without), measured("true", with)))) {
            assertThat(words.verdict())
                    .contains(
                            "bias=true: robust from 800 rows on",
                            "bias=false: robust from 3,200 rows on",
                            " (family-wise error at most 5 % for each); bias=false needs about ",
                            " times as many rows as bias=true (95 % interval: ")
                    .doesNotContain("\u00a0");
            assertThat(words.details().getLast())
                    .startsWith("bias=false needs about 4.")
                    .endsWith(
                            "; proved, with an error of at most 5 % over its four fixed sequences"
                                    + " (Bonferroni): 1.0 to 16 times.");
        }
    }

    @Test
    void aCandidateThatIsRobustNowhereNeedsAtLeastSoManyTimes() {
        SizeWords words =
                words(
                        measured("true", sizes(200, 100, 200, 400, 800, 1600)),
                        measured("false", sizes(40_000, 100, 200, 400, 800, 1600)));
        assertThat(words.verdict())
                .contains(
                        "bias=true: robust from 400 rows on",
                        "bias=false: not robust at any size tried, up to 1,600 rows",
                        "bias=false needs at least ",
                        "(95 % interval: at least ");
        assertThat(words.details().get(1))
                .isEqualTo(
                        "bias=false: proved not robust up to 1,600 rows; its curve of cv stays"
                                + " above 10 % up to 1,600 rows, the largest size.");
        assertThat(words.details().getLast()).endsWith("(Bonferroni): at least 4.0 times.");
    }

    @Test
    void twoThatAreRobustNowhereCannotBeCompared() {
        SizeWords words =
                words(measured("true", sizes(9000, 100)), measured("false", sizes(9000, 100)));
        assertThat(words.verdict()).endsWith("these sizes cannot tell");
        assertThat(words.details().getLast()).endsWith("fixed sequences prove nothing about it.");
    }

    @Test
    void thePoolAndFailuresThatWereNotSeenAreNamed() {
        List<String> caveats = words(measured("true", sizes(5000, 2500, 10_000))).caveats();
        assertThat(String.join("\n", caveats))
                .contains(
                        "at most 5.8 % of all would, with 95 % confidence at each size (50"
                                + " instances)",
                        "the same 20,000 rows",
                        "√(1 - n/N) (0.71 at 10,000 rows)",
                        "not shown to be robust at any size tried, up to 10,000 rows.")
                .doesNotContain("far ones");
    }
}
