package dev.mettle.ledger;

import dev.mettle.core.data.Series;
import dev.mettle.core.data.Task;
import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.instance.Weights;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.run.CandidateRecord;
import dev.mettle.core.run.Provenance;
import dev.mettle.core.run.RunPlan;
import dev.mettle.core.study.CertificateSettings;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.ScaleKind;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/** Records that tests write. */
final class Examples {
    static final long STUDY_SEED = -7_046_029_254_386_353_131L;

    private Examples() {}

    static Provenance session(String host) {
        return new Provenance(
                "energy",
                "/home/ada/energy.yaml",
                "study: energy\nseed: 1 # µ\n",
                STUDY_SEED,
                "ab12",
                "0.1.0",
                "Temurin 25.0.1",
                "a processor, 2 cores",
                512,
                host,
                "2026-11-23T19:00:00Z");
    }

    static RunPlan plan() {
        return new RunPlan(
                Task.regression("energy"),
                List.of(ScaleKind.LOG),
                new HeldOutLoss.Mse(),
                6000,
                14_000,
                2000,
                3000,
                12,
                "progressive",
                "mean",
                10,
                41_569_000_000L,
                Optional.of("bias"),
                Optional.of(new CertificateSettings(59, 0.95, 0.9, 2)));
    }

    /** Candidates c0, c1, ...; only every second one has the dimension hidden. */
    static List<CandidateRecord> candidates(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    SequencedMap<String, String> settings = new LinkedHashMap<>();
                    settings.put("net", i % 2 == 0 ? "deep, \"wide\"" : "shallow");
                    settings.put("lr", "0.00" + (i + 1));
                    if (i % 2 == 0) {
                        settings.put("hidden", "32");
                    }
                    return new CandidateRecord("c" + i, settings, 1000L + i);
                })
                .toList();
    }

    static SqliteLedger create(Path file, int candidates) {
        return SqliteLedger.create(file, session("lab1"), plan(), candidates(candidates));
    }

    static Evaluation evaluation(double loss) {
        SequencedMap<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("rmse", loss / 3);
        metrics.put("bias", -loss / 7);
        double[] blocks = new double[Evaluation.BLOCKS];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = loss * (i + 1) / 10;
        }
        return new Evaluation(loss, Series.of(blocks), metrics);
    }

    static Outcome.Completed completed(double loss) {
        return new Outcome.Completed(
                evaluation(loss), 3, Series.of(3 * loss, 2 * loss, loss), Optional.empty());
    }

    static Outcome.Completed completed(double loss, float... weights) {
        Outcome.Completed without = completed(loss);
        return new Outcome.Completed(
                without.evaluation(),
                without.epochs(),
                without.curve(),
                Optional.of(Weights.of(weights)));
    }

    static InstanceResult result(InstanceKey key, Outcome outcome) {
        return new InstanceResult(
                key,
                key.initSeed(STUDY_SEED).value(),
                key.sampleSeed(STUDY_SEED).value(),
                outcome,
                1_500_000_000L);
    }

    /** A completed instance of a race, the same whenever it is made. */
    static InstanceResult raced(String candidate, int index) {
        InstanceKey key = InstanceKey.paired(candidate, Purpose.RACE, index);
        return result(key, completed(0.25 + index / 1024.0));
    }
}
