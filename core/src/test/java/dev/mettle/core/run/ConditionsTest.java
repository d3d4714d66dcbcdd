package dev.mettle.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.data.Partition;
import dev.mettle.core.data.RowGroups;
import dev.mettle.core.data.Series;
import dev.mettle.core.data.Task;
import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.ScaleKind;
import dev.mettle.core.study.SplitSettings;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

class ConditionsTest {
    private static final Provenance PROVENANCE =
            new Provenance(
                    "s",
                    "s.yaml",
                    "",
                    1,
                    "0123456789abcdef",
                    "1",
                    "JDK",
                    "CPU",
                    512,
                    "host",
                    "now");

    /** Two blocks whose mean has a standard error of {@code error}: half their difference. */
    private static List<String> conditions(
            Task task, HeldOutLoss loss, int sample, int pool, double mean, double error) {
        Evaluation evaluation =
                new Evaluation(mean, Series.of(mean - error, mean + error), new LinkedHashMap<>());
        InstanceResult instance =
                new InstanceResult(
                        InstanceKey.paired("c", Purpose.CERTIFY, 0),
                        1,
                        2,
                        new Outcome.Completed(evaluation, 3, Series.EMPTY, Optional.empty()),
                        5);
        RunPlan plan =
                new RunPlan(
                        task,
                        List.of(ScaleKind.NONE),
                        loss,
                        sample,
                        pool,
                        20,
                        3000,
                        0,
                        "progressive",
                        "mean",
                        5,
                        99,
                        Optional.empty(),
                        Optional.empty());
        CertificateRecord certificate =
                new CertificateRecord("c", "", 1, 1, 59, 0.95, 0.95, 1, 1, true, 3, "t");
        return Conditions.of(certificate, plan, PROVENANCE, List.of(instance)).stream()
                .map(sentence -> sentence.replace('\u00a0', ' '))
                .toList();
    }

    @Test
    void theNoiseOfTheTestSetIsANumberForPeople() {
        assertThat(
                        conditions(
                                Task.regression("energy"),
                                new HeldOutLoss.Mse(),
                                2800,
                                14_000,
                                4e-4,
                                8.6e-6))
                .containsExactly(
                        "The pool: all trainings draw their 2,800 rows from the same 14,000 (data"
                                + " 0123456789ab).",
                        "Drawing 20 % of a finite pool understates the spread that the sample"
                                + " causes: its variance by about 20 %.",
                        "The test set: all losses are means over the same 3,000 rows. Other rows"
                                + " would move the mean loss by about 8.6 × 10⁻⁶ (one standard"
                                + " error).",
                        "The software: mettle 1, JDK, 512-bit vectors.",
                        "Look 3 at this test set: that all 3 certificates hold together has a"
                                + " confidence of 85.0 %.");
    }

    @Test
    void sharesAreInPercentHoweverSmall() {
        assertThat(
                        conditions(
                                new Task.Classification("digit", Task.Classification.numbered(10)),
                                new HeldOutLoss.ErrorRate(),
                                3,
                                1000,
                                0.05,
                                0.0052))
                .anyMatch(sentence -> sentence.contains("Drawing 0.30 % of a finite pool"))
                .anyMatch(sentence -> sentence.contains("the mean loss by about 0.52 % (one"));
    }

    @Test
    void howRowsWereHeldOutIsACondition() {
        int[] rows = IntStream.range(0, 40).toArray();
        Partition parts = new Partition(new int[0], rows, rows);
        RowGroups many = new RowGroups("patient", rows);
        RowGroups few = new RowGroups("patient", Arrays.stream(rows).map(i -> i / 4).toArray());
        SplitSettings.Counts counts = new SplitSettings.Counts(1, 1);
        SplitSettings groups = new SplitSettings.Groups("patient", counts);
        assertThat(SplitWords.of(groups, parts, Optional.of(many), 0))
                .hasValue(
                        "The split: rows of one patient stay together, in samples too. The test set"
                                + " has 40 of them; its noise counts them, not rows.");
        assertThat(SplitWords.of(groups, parts, Optional.of(few), 0).orElseThrow())
                .contains("has 10 of them, too few to judge its noise by them: that above counts");
        assertThat(
                        SplitWords.of(
                                        new SplitSettings.Time("date", counts),
                                        parts,
                                        Optional.empty(),
                                        7)
                                .orElseThrow())
                .startsWith("The split: the test rows are the latest by date.")
                .contains(" Leaks: 7 of the pool's");
        assertThat(SplitWords.of(new SplitSettings.Random(counts), parts, Optional.empty(), 0))
                .isEmpty();
    }
}
