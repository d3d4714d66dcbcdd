package dev.mettle.report;

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
import dev.mettle.core.run.CandidateRecord;
import dev.mettle.core.run.CertificateRecord;
import dev.mettle.core.run.GeneralizationRecord;
import dev.mettle.core.run.Provenance;
import dev.mettle.core.run.RoundRecord;
import dev.mettle.core.run.RunPlan;
import dev.mettle.core.run.RunRecord;
import dev.mettle.core.selection.Elimination;
import dev.mettle.core.selection.RaceCheck;
import dev.mettle.core.selection.Ranked;
import dev.mettle.core.statistics.Losses;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.ScaleKind;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * The largest run a report must stand: the whole space of the paper, 6,912 candidates over eight
 * dimensions, each trained 50 times and none dropped. Its 345,600 instances are made when asked
 * for, always the same ones, so that a test needs no memory for them.
 */
final class ExhaustiveRun implements RunRecord {
    private static final int INSTANCES = 50;
    private static final int EPOCHS = 8;

    /** Effect of each dimension on the logarithm of the loss, from its first value to its last. */
    private static final double[] EFFECTS = {-0.3, -0.2, -0.05, -0.15, 0.1, -0.6, 0.02, 0.9};

    private static final String[] NAMES = {
        "c1", "c2", "k", "hidden", "act", "bias", "optimizer", "lr"
    };
    private static final String[][] VALUES = {
        {"4", "8", "12"},
        {"8", "16", "32"},
        {"3", "5"},
        {"16", "32", "64"},
        {"relu", "elu", "silu", "tanh"},
        {"false", "true"},
        {"sgd", "rmsprop", "adam", "adamw"},
        {"0.0003", "0.001", "0.003", "0.01"}
    };

    private final List<CandidateRecord> candidates = new ArrayList<>();
    private final List<Double> levels = new ArrayList<>();
    private final List<Ranked> finalists = new ArrayList<>();
    private final SyntheticRun plain = new SyntheticRun();

    ExhaustiveRun() {
        int all = 1;
        for (String[] values : VALUES) {
            all *= values.length;
        }
        for (int i = 0; i < all; i++) {
            addCandidate(i);
        }
        for (int i = 0; i < all; i++) {
            double[] losses = new double[INSTANCES];
            for (int j = 0; j < INSTANCES; j++) {
                losses[j] = instance(i, j).outcome().loss();
            }
            Losses summary = Losses.of(losses);
            finalists.add(
                    new Ranked(candidates.get(i).id(), "", summary.mean(), summary.failures()));
        }
        finalists.sort(Comparator.comparingDouble(Ranked::criterion));
    }

    private void addCandidate(int index) {
        SequencedMap<String, String> settings = new LinkedHashMap<>();
        double level = Math.log(0.004) + 0.1 * new SplittableRandom(index).nextGaussian();
        int rest = index;
        for (int d = 0; d < NAMES.length; d++) {
            int value = rest % VALUES[d].length;
            rest /= VALUES[d].length;
            settings.put(NAMES[d], VALUES[d][value]);
            level += EFFECTS[d] * value / (VALUES[d].length - 1);
        }
        levels.add(level);
        candidates.add(
                new CandidateRecord("%012x".formatted(index * 40_000_001L), settings, 28_508));
    }

    private InstanceResult instance(int candidate, int index) {
        SplittableRandom random = new SplittableRandom(1_000_003L * candidate + index);
        CandidateRecord record = candidates.get(candidate);
        boolean explodes = "0.01".equals(record.settings().get("lr")) && random.nextDouble() < 0.01;
        double loss = Math.exp(levels.get(candidate) + 0.05 * random.nextGaussian());
        double[] curve = new double[EPOCHS];
        for (int e = 0; e < EPOCHS; e++) {
            curve[e] = (Math.exp(-e) + loss) * (explodes && e == EPOCHS - 1 ? 9 : 1);
        }
        Outcome outcome =
                explodes
                        ? new Outcome.Exploded(
                                "training loss of epoch 8 is 10 % above its mean.",
                                Optional.empty(), EPOCHS, Series.of(curve))
                        : new Outcome.Completed(
                                new Evaluation(loss, Series.EMPTY, new LinkedHashMap<>()),
                                EPOCHS,
                                Series.of(curve),
                                Optional.empty());
        return new InstanceResult(
                InstanceKey.paired(record.id(), Purpose.RACE, index), index, index, outcome, 1000);
    }

    @Override
    public Provenance provenance() {
        return plain.provenance();
    }

    @Override
    public RunPlan plan() {
        return new RunPlan(
                Task.regression("energy"),
                List.of(ScaleKind.LOG),
                new HeldOutLoss.Mse(),
                18_000,
                105_000,
                5000,
                10_000,
                0,
                "exhaustive",
                "mean",
                INSTANCES,
                (long) candidates.size() * INSTANCES,
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public List<CandidateRecord> candidates() {
        return candidates;
    }

    @Override
    public void forEachInstance(Purpose purpose, Consumer<InstanceResult> consumer) {
        if (purpose == Purpose.RACE) {
            for (int i = 0; i < candidates.size(); i++) {
                for (int j = 0; j < INSTANCES; j++) {
                    consumer.accept(instance(i, j));
                }
            }
        }
    }

    @Override
    public List<InstanceResult> instances(String candidate, Purpose purpose) {
        List<InstanceResult> instances = new ArrayList<>();
        if (purpose == Purpose.RACE) {
            int i = (int) (Long.parseLong(candidate, 16) / 40_000_001L);
            for (int j = 0; j < INSTANCES; j++) {
                instances.add(instance(i, j));
            }
        }
        return instances;
    }

    @Override
    public Optional<Weights> weights(InstanceKey key) {
        return Optional.empty();
    }

    @Override
    public List<RoundRecord> rounds() {
        return List.of();
    }

    @Override
    public List<Elimination> eliminations() {
        return List.of();
    }

    @Override
    public List<Ranked> finalists() {
        return finalists;
    }

    @Override
    public Optional<RaceCheck> raceCheck() {
        return Optional.empty();
    }

    @Override
    public Optional<AuditRecord> audit() {
        return Optional.empty();
    }

    @Override
    public List<CertificateRecord> certificates() {
        return List.of();
    }

    @Override
    public List<BaselineRecord> baselines() {
        return List.of();
    }

    @Override
    public List<GeneralizationRecord> generalizations() {
        return List.of();
    }
}
