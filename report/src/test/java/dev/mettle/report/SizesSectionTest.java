package dev.mettle.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.data.Series;
import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.random.Purpose;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;

class SizesSectionTest {
    private static final Path SAMPLES = Path.of("target", "report-samples");

    /**
     * Two candidates at six sizes; the second needs nine times as many rows, and fails at first.
     */
    private static SyntheticRun run(int instances) {
        SyntheticRun run = new SyntheticRun().withCandidates(2);
        Random random = new Random(7);
        for (int c = 0; c < 2; c++) {
            for (int size : new int[] {188, 375, 750, 1500, 3000, 6000}) {
                for (int i = 0; i < instances; i++) {
                    double cv = 0.1 * Math.sqrt((c == 0 ? 450 : 4050) / (double) size);
                    boolean failed = c == 1 && size < 400 && i % 9 == 3;
                    double loss =
                            0.002 * (1 + c + 200.0 / size) * Math.exp(cv * random.nextGaussian());
                    run.put(result(run.candidates().get(c).id(), i, size, loss, failed));
                }
            }
        }
        return run;
    }

    private static InstanceResult result(
            String candidate, int i, int size, double loss, boolean failed) {
        Outcome outcome =
                failed
                        ? new Outcome.Crashed("no reason")
                        : new Outcome.Completed(
                                new Evaluation(loss, Series.EMPTY, new LinkedHashMap<>()),
                                1,
                                Series.of(loss),
                                Optional.empty());
        return new InstanceResult(
                InstanceKey.paired(candidate, Purpose.SAMPLE_SIZE, i).withRows(size),
                i,
                i,
                outcome,
                1);
    }

    @Test
    void lossesAndSpreadsAreShownWithTheVerdictFirst() throws IOException {
        SyntheticRun run = run(50);
        Files.createDirectories(SAMPLES);
        HtmlReport.write(run, SAMPLES.resolve("sizes.html"));
        String html = SizesSection.of(RunDigest.of(run)).orElseThrow().html().markup();
        assertThat(html)
                .contains(
                        "How much data it needs",
                        "<p><b>bias=true: robust from ",
                        "bias=false: proved not robust up to 3,000 rows",
                        "as many rows as bias=true (95\u00a0% interval: ",
                        "6 of 50",
                        "not robust: failed",
                        "A cross at the top marks sizes at which trainings failed",
                        "12,000 rows")
                .doesNotContain("NaN", "Infinity", "%s");
        assertThat(Figure.of(run)).extracting(Figure::name).contains("sizes-losses", "sizes-cv");
    }

    @Test
    void aStudyThatHasJustBegunIsNoVerdict() {
        String html = SizesSection.of(RunDigest.of(run(3))).orElseThrow().html().markup();
        assertThat(html).contains("where there are 3 of at least 20 instances");
        assertThat(SizesSection.of(RunDigest.of(run(1)))).isEmpty();
        assertThat(SizesSection.of(RunDigest.of(new SyntheticRun().withCandidates(2)))).isEmpty();
    }

    @Test
    void everyPlotHasItsDataInTheSpecification() {
        List<Plot> plots = SizesSection.of(RunDigest.of(run(20))).orElseThrow().plots();
        assertThat(plots).hasSize(2);
        assertThat(plots.get(0).spec().at("/datasets/points")).hasSize(2 * 6 * 20 - 2 * 2);
        assertThat(plots.get(0).spec().at("/datasets/failed")).hasSize(2);
        assertThat(plots.get(1).spec().at("/datasets/points")).hasSize(10);
        assertThat(plots.get(1).spec().at("/datasets/limit/0/cv").asDouble()).isEqualTo(0.1);
    }
}
