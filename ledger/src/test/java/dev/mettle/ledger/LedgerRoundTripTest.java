package dev.mettle.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.data.Series;
import dev.mettle.core.data.Task;
import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.instance.Weights;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.run.AuditRecord;
import dev.mettle.core.run.BaselineRecord;
import dev.mettle.core.run.CertificateRecord;
import dev.mettle.core.run.RunPlan;
import dev.mettle.core.selection.Elimination;
import dev.mettle.core.selection.RaceCheck;
import dev.mettle.core.selection.Ranked;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.ScaleKind;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/** What goes in comes out, bit for bit, by the writer and by a reader. */
class LedgerRoundTripTest {
    private static final double[] EXTREMES = {
        -0.0,
        0.0,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MIN_NORMAL / 3,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        0.1 + 0.2,
        1.0 / 3,
        1e15,
        9_007_199_254_740_993.0,
        -1.0,
        3.0,
        5e-324,
        Math.nextUp(1.0)
    };

    @TempDir Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("a run? 100% #µ.sqlite");
    }

    @Test
    void provenancePlanAndCandidatesComeBack() {
        Examples.create(file, 5).close();
        try (LedgerReader reader = SqliteLedger.openReadOnly(file)) {
            assertThat(reader.provenance()).isEqualTo(Examples.session("lab1"));
            assertThat(reader.plan()).isEqualTo(Examples.plan());
            assertThat(reader.candidates()).isEqualTo(Examples.candidates(5));
            assertThat(reader.candidates().getFirst().settings().sequencedKeySet())
                    .containsExactly("net", "lr", "hidden");
        }
    }

    @ParameterizedTest
    @EnumSource(ScaleKind.class)
    void aPlanWithoutGroupsAndCertificateComesBack(ScaleKind scale) {
        RunPlan plan =
                new RunPlan(
                        new Task.Regression(List.of("x", "y, z")),
                        List.of(scale, ScaleKind.NONE),
                        new HeldOutLoss.Quantile(0.9),
                        1,
                        2,
                        3,
                        4,
                        0,
                        "exhaustive",
                        "quantile(0.9)",
                        5,
                        6,
                        Optional.empty(),
                        Optional.empty());
        SqliteLedger.create(file, Examples.session("a"), plan, Examples.candidates(1)).close();
        try (LedgerReader reader = SqliteLedger.openReadOnly(file)) {
            assertThat(reader.plan()).isEqualTo(plan);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross_entropy", "error_rate"})
    void aPlanOfAClassificationComesBack(String loss) {
        RunPlan plan =
                new RunPlan(
                        new Task.Classification("label", List.of("photon", "it's a \"pion\"")),
                        List.of(ScaleKind.NONE),
                        HeldOutLoss.of(loss),
                        1,
                        2,
                        3,
                        4,
                        0,
                        "exhaustive",
                        "mean",
                        5,
                        6,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("The split: rows of one patient stay together."));
        SqliteLedger.create(file, Examples.session("a"), plan, Examples.candidates(1)).close();
        try (LedgerReader reader = SqliteLedger.openReadOnly(file)) {
            assertThat(reader.plan()).isEqualTo(plan);
        }
    }

    @Test
    void extremeNumbersKeepTheirBits() {
        try (SqliteLedger ledger = Examples.create(file, 1)) {
            List<InstanceResult> written = new ArrayList<>();
            for (int i = 0; i < EXTREMES.length; i++) {
                written.add(extreme(i));
            }
            written.forEach(ledger::record);
            List<InstanceResult> read = ledger.instances("c0", Purpose.ASSESS);
            assertThat(read).isEqualTo(written);
            for (int i = 0;
                    i < EXTREMES.length;
                    i++) { // records compare -0.0 and 0.0 as different, but be explicit
                Evaluation evaluation = read.get(i).outcome().known().orElseThrow();
                assertThat(Double.doubleToRawLongBits(evaluation.loss()))
                        .isEqualTo(Double.doubleToRawLongBits(EXTREMES[i]));
                assertThat(Double.doubleToRawLongBits(evaluation.metrics().getOrDefault("m", 99.0)))
                        .isEqualTo(Double.doubleToRawLongBits(EXTREMES[i]));
            }
        }
    }

    private static InstanceResult extreme(int i) {
        SequencedMap<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("z \"quoted\" µ", Double.NaN);
        metrics.put("m", EXTREMES[i]);
        metrics.put("a", Double.POSITIVE_INFINITY);
        metrics.put("b", Double.NEGATIVE_INFINITY);
        Series series = Series.of(EXTREMES);
        InstanceKey key = InstanceKey.paired("c0", Purpose.ASSESS, i);
        Outcome outcome =
                new Outcome.Completed(
                        new Evaluation(EXTREMES[i], series, metrics), 60, series, Optional.empty());
        return new InstanceResult(key, Long.MIN_VALUE, Long.MAX_VALUE, outcome, Long.MAX_VALUE);
    }

    @Test
    void metricsKeepTheirOrder() {
        try (SqliteLedger ledger = Examples.create(file, 1)) {
            ledger.record(extreme(0));
            Evaluation evaluation =
                    ledger.instances("c0", Purpose.ASSESS)
                            .getFirst()
                            .outcome()
                            .known()
                            .orElseThrow();
            assertThat(evaluation.metrics().sequencedKeySet())
                    .containsExactly("z \"quoted\" µ", "m", "a", "b");
        }
    }

    @Test
    void everyOutcomeComesBackWithWhatIsKnown() {
        double otherNaN = Double.longBitsToDouble(0x7ff8_dead_beef_0001L);
        List<Outcome> outcomes =
                List.of(
                        Examples.completed(0.5),
                        new Outcome.Completed(
                                new Evaluation(2, Series.EMPTY, new LinkedHashMap<>()),
                                0,
                                Series.EMPTY,
                                Optional.empty()),
                        new Outcome.Exploded(
                                "loss rose",
                                Optional.empty(),
                                7,
                                Series.of(1, 2, Double.POSITIVE_INFINITY)),
                        new Outcome.Exploded(
                                "not finite", Optional.empty(), 2, Series.of(1, otherNaN)),
                        new Outcome.Exploded(
                                "late", Optional.of(Examples.evaluation(-0.0)), 9, Series.of(1)),
                        new Outcome.Exploded("", Optional.empty(), 0, Series.EMPTY),
                        new Outcome.Crashed("exit code 1\nline 2; 'quoted' \"µ\""));
        List<InstanceResult> written = new ArrayList<>();
        try (SqliteLedger ledger = Examples.create(file, 1)) {
            for (Outcome outcome : outcomes) {
                written.add(
                        Examples.result(
                                InstanceKey.paired("c0", Purpose.RACE, written.size()), outcome));
                ledger.record(written.getLast());
            }
        }
        try (LedgerReader reader = SqliteLedger.openReadOnly(file)) {
            List<InstanceResult> read = reader.instances("c0", Purpose.RACE);
            assertThat(read).isEqualTo(written);
            assertThat(Double.doubleToRawLongBits(read.get(3).outcome().trainingCurve().get(1)))
                    .as("NaN is canonical")
                    .isEqualTo(0x7ff8_0000_0000_0000L);
        }
    }

    @Test
    void weightsAreKeptWhereGivenAndOnlyThere() {
        float[] values = {
            -0f,
            Float.MIN_VALUE,
            Float.MAX_VALUE,
            1f / 3,
            Float.NEGATIVE_INFINITY,
            Float.NaN,
            16_777_217f
        };
        InstanceKey with = InstanceKey.paired("c1", Purpose.CERTIFY, 3);
        InstanceKey without = InstanceKey.paired("c1", Purpose.CERTIFY, 4);
        try (SqliteLedger ledger = Examples.create(file, 2)) {
            ledger.record(Examples.result(with, Examples.completed(0.5, values)));
            ledger.record(Examples.result(without, Examples.completed(0.5)));
            assertThat(ledger.weights(with)).contains(Weights.of(values));
            assertThat(ledger.weights(without)).isEmpty();
            assertThat(ledger.weights(InstanceKey.paired("c1", Purpose.RACE, 3))).isEmpty();
            assertThat(ledger.instances("c1", Purpose.CERTIFY).getFirst().outcome())
                    .isEqualTo(Examples.completed(0.5));
        }
    }

    @Test
    void instancesComeByCandidateOfTheStudyThenInitSampleOrderAndRows() {
        List<InstanceKey> expected = new ArrayList<>();
        for (int candidate : new int[] {2, 10}) { // c10 is before c2 as text
            for (int init = 0; init < 3; init++) {
                for (int sample = 0; sample < 3; sample++) {
                    InstanceKey key = InstanceKey.crossed("c" + candidate, init, sample);
                    expected.add(key);
                    expected.add(key.withOrder(0));
                    expected.add(key.withOrder(0).withRows(7));
                    expected.add(key.withOrder(2));
                }
            }
        }
        try (SqliteLedger ledger = Examples.create(file, 11)) {
            expected.reversed()
                    .forEach(key -> ledger.record(Examples.result(key, Examples.completed(1))));
            ledger.record(Examples.raced("c2", 0));
            List<InstanceKey> read = new ArrayList<>();
            ledger.forEachInstance(Purpose.DECOMPOSE, result -> read.add(result.key()));
            assertThat(read).isEqualTo(expected);
            assertThat(ledger.instances("c2", Purpose.DECOMPOSE).stream().map(InstanceResult::key))
                    .isEqualTo(expected.subList(0, 36));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.0, 0.0, 1.0, Double.MIN_VALUE, Double.POSITIVE_INFINITY})
    void decisionsComeBackInTheirOrder(double number) {
        List<Elimination> eliminations =
                List.of(
                        new Elimination("c3", 5, number, -number, "worse than the median"),
                        new Elimination("c1", 5, 2, number, "too"),
                        new Elimination("c0", 6, 1, 1, "tie, larger id"));
        List<Ranked> finalists =
                List.of(new Ranked("c4", "true", number, 0), new Ranked("c2", "", 2, 10));
        CertificateRecord certificate =
                new CertificateRecord(
                        "c4", "true", 1, 2, 72, 0.95, 0.9, 1, number, number < 1, 1, "rows-1");
        RaceCheck check = new RaceCheck(OptionalDouble.of(Math.abs(number)), 2, 3, 10);
        AuditRecord audit =
                new AuditRecord(
                        3,
                        98,
                        List.of(
                                new AuditRecord.Audited(new Ranked("c3", "", number, 1), 0.25),
                                new AuditRecord.Audited(new Ranked("c0", "true", 2, 0), 1)));
        try (SqliteLedger ledger = Examples.create(file, 5)) {
            ledger.recordEliminations(eliminations.subList(0, 1));
            ledger.recordEliminations(eliminations);
            ledger.recordFinalists(finalists);
            ledger.recordCertificate(certificate);
            assertThat(ledger.raceCheck()).isEmpty();
            ledger.recordRaceCheck(check);
            ledger.recordRaceCheck(new RaceCheck(OptionalDouble.empty(), 1, 1, 1));
            assertThat(ledger.audit()).isEmpty();
            ledger.recordAudit(audit);
            ledger.recordAudit(new AuditRecord(0, 0, List.of()));
        }
        try (LedgerReader reader = SqliteLedger.openReadOnly(file)) {
            assertThat(reader.eliminations()).isEqualTo(eliminations);
            assertThat(reader.finalists()).isEqualTo(finalists);
            assertThat(reader.certificates()).containsExactly(certificate);
            assertThat(reader.raceCheck()).contains(check);
            assertThat(reader.audit()).contains(audit);
        }
    }

    @Test
    void aRaceThatIsNotSureHasNoError() {
        RaceCheck check = new RaceCheck(OptionalDouble.empty(), 3, 0, 10);
        try (SqliteLedger ledger = Examples.create(file, 1)) {
            ledger.recordRaceCheck(check);
            assertThat(ledger.raceCheck()).contains(check);
        }
    }

    @Test
    void aBaselineReplacesAnEarlierOneOfItsName() {
        Evaluation notANumber =
                new Evaluation(Double.NaN, Series.of(Double.NaN), new LinkedHashMap<>());
        Evaluation infinite =
                new Evaluation(Double.POSITIVE_INFINITY, Series.of(-0.0), new LinkedHashMap<>());
        BaselineRecord replaced =
                new BaselineRecord("sum", List.of(Examples.evaluation(9), notANumber, infinite));
        BaselineRecord kept = new BaselineRecord("linear", List.of());
        BaselineRecord last =
                new BaselineRecord("sum", List.of(notANumber, Examples.evaluation(-0.0)));
        try (SqliteLedger ledger = Examples.create(file, 1)) {
            ledger.recordBaseline(replaced);
            ledger.recordBaseline(kept);
            assertThat(ledger.baselines()).containsExactly(replaced, kept);
            ledger.recordBaseline(last);
            assertThat(ledger.baselines()).containsExactly(last, kept);
        }
    }
}
