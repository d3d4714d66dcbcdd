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
import dev.mettle.core.statistics.ToleranceBound;
import dev.mettle.core.study.CertificateSettings;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.ScaleKind;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.function.Consumer;

/**
 * A run that was never trained: losses from log-normal distributions, raced by the rule of {@code
 * progressive}. It looks like a shower-energy study. Change the public fields, then {@link #race}
 * and perhaps {@link #certify}.
 */
final class SyntheticRun implements RunRecord {
    static final CertificateSettings CERTIFICATE = new CertificateSettings(59, 0.95, 0.95, 1);

    String study = "shashlik-energy";
    String studyText = "study: shashlik-energy\nseed: 20250522\ndata:\n  file: simple.npz\n";
    String target = "energy";
    ScaleKind scale = ScaleKind.LOG;

    /** Empty for the regression of {@link #target} with {@link #scale}. */
    @Nullable Task task;

    List<ScaleKind> scales = List.of();
    HeldOutLoss loss = new HeldOutLoss.Mse();
    String criterion = "mean";
    int instances = 10;
    int warmup = 5;
    int epochs = 20;

    /** Share of candidates that explode now and then. */
    double fragile = 0.15;

    /** Probability that an instance of a fragile candidate explodes. */
    double explosion = 0.3;

    Optional<String> per = Optional.empty();
    Optional<CertificateSettings> certificate = Optional.of(CERTIFICATE);

    Optional<RaceCheck> check = Optional.empty();
    Optional<AuditRecord> audit = Optional.empty();

    final List<CandidateRecord> candidates = new ArrayList<>();
    final List<RoundRecord> rounds = new ArrayList<>();
    final List<Elimination> eliminations = new ArrayList<>();
    final List<Ranked> finalists = new ArrayList<>();
    final List<CertificateRecord> certificates = new ArrayList<>();
    final List<BaselineRecord> baselines = new ArrayList<>();
    final List<GeneralizationRecord> generalizations = new ArrayList<>();
    private final Map<String, Map<Purpose, List<InstanceResult>>> results = new LinkedHashMap<>();
    private final Map<String, Double> level = new HashMap<>();
    private final Map<String, Double> explodes = new HashMap<>();
    private final Random random = new Random(20250522);

    /** Makes candidates over c1, k, act, bias and lr; ids look like content hashes. */
    SyntheticRun withCandidates(int count) {
        String[] acts = {"relu", "elu", "silu", "tanh"};
        for (int i = 0; i < count; i++) {
            SequencedMap<String, String> settings = new LinkedHashMap<>();
            settings.put("c1", Integer.toString(4 * (1 + i / 2 % 3)));
            settings.put("k", i / 6 % 2 == 0 ? "3" : "5");
            settings.put("act", acts[i / 12 % 4]);
            settings.put("bias", i % 2 == 0 ? "true" : "false");
            settings.put("optimizer", i / 48 % 2 == 0 ? "adam" : "sgd");
            settings.put("lr", new String[] {"0.0003", "0.001", "0.003", "0.01"}[i / 96 % 4]);
            add(
                    new CandidateRecord(
                            "%012x".formatted(random.nextLong() & 0xffffffffffffL),
                            settings,
                            3000 + 37L * i));
        }
        return this;
    }

    void add(CandidateRecord candidate) {
        candidates.add(candidate);
        double bias = "true".equals(candidate.settings().get("bias")) ? 0.0024 : 0.0043;
        level.put(candidate.id(), bias * Math.exp(0.45 * Math.abs(random.nextGaussian())));
        explodes.put(candidate.id(), random.nextDouble() < fragile ? explosion : 0);
    }

    /**
     * Races by halving after the warm-up, within each value of {@code per}, at most so many
     * iterations.
     */
    SyntheticRun race(int iterations) {
        Map<String, List<CandidateRecord>> groups = new LinkedHashMap<>();
        candidates.forEach(c -> groups.computeIfAbsent(group(c), _ -> new ArrayList<>()).add(c));
        for (int i = 1; i <= Math.min(iterations, instances); i++) {
            for (List<CandidateRecord> alive : groups.values()) {
                for (CandidateRecord candidate : alive) {
                    train(candidate.id(), Purpose.RACE, i - 1);
                }
                if (i >= warmup && i < instances) {
                    drop(alive, i);
                }
            }
        }
        if (iterations >= instances) {
            groups.forEach((group, alive) ->
                    alive.forEach(c ->
                            finalists.add(
                                    new Ranked(
                                            c.id(),
                                            group,
                                            mean(c.id()),
                                            losses(c.id(), Purpose.RACE).failures()))));
            finalists.sort(Comparator.comparingDouble(Ranked::criterion));
        }
        return this;
    }

    private void drop(List<CandidateRecord> alive, int iteration) {
        alive.sort(Comparator.comparingDouble(c -> mean(c.id())));
        int keep = Math.min(alive.size(), Math.max(3, alive.size() / 2));
        double bar = mean(alive.get(keep - 1).id());
        while (alive.size() > keep) {
            String id = alive.removeLast().id();
            eliminations.add(
                    new Elimination(
                            id,
                            iteration,
                            mean(id),
                            bar,
                            "mean %s is not among the better half (bar %s)."
                                    .formatted(Digits.number(mean(id)), Digits.number(bar))));
        }
    }

    private String group(CandidateRecord candidate) {
        return per.map(dimension -> candidate.settings().get(dimension)).orElse("");
    }

    /** Certifies the best finalist of every group, and measures a baseline beside it. */
    SyntheticRun certify() {
        List<String> done = new ArrayList<>();
        CertificateSettings settings = certificate.orElseThrow();
        for (Ranked finalist : finalists) {
            if (done.contains(finalist.group()) || finalist.failures() > 0) {
                continue;
            }
            done.add(finalist.group());
            for (int i = 0; i < settings.instances(); i++) {
                train(finalist.candidate(), Purpose.CERTIFY, i);
            }
            Losses losses = losses(finalist.candidate(), Purpose.CERTIFY);
            int rank =
                    ToleranceBound.rank(
                            settings.instances(), settings.coverage(), settings.confidence());
            double bound = ToleranceBound.bound(losses, rank);
            certificates.add(
                    new CertificateRecord(
                            finalist.candidate(),
                            finalist.group(),
                            1,
                            1,
                            settings.instances(),
                            settings.coverage(),
                            settings.confidence(),
                            rank,
                            bound,
                            Double.isFinite(bound),
                            done.size(),
                            "9b1f6c0a77d2"));
        }
        return this;
    }

    /** Assesses the candidate of that number. */
    SyntheticRun assess(int candidate, int trainings) {
        for (int i = 0; i < trainings; i++) {
            train(candidates.get(candidate).id(), Purpose.ASSESS, i);
        }
        return this;
    }

    SyntheticRun withBaseline(String name) {
        List<Evaluation> evaluations = new ArrayList<>();
        for (int i = 0; i < 59; i++) {
            evaluations.add(evaluation(0.0091 * Math.exp(0.01 * random.nextGaussian())));
        }
        baselines.add(new BaselineRecord(name, evaluations));
        return this;
    }

    /** Makes a finalist explode at certificate time, whatever it did in the race. */
    SyntheticRun fragileWhenFresh(double probability) {
        finalists.forEach(finalist -> explodes.put(finalist.candidate(), probability));
        return this;
    }

    double level(String id) {
        return level.getOrDefault(id, 1.0);
    }

    void train(String id, Purpose purpose, int index) {
        double loss = level.getOrDefault(id, 1.0) * Math.exp(0.06 * random.nextGaussian());
        boolean bad = random.nextDouble() < explodes.getOrDefault(id, 0.0);
        double[] curve = new double[bad ? 7 + random.nextInt(Math.max(1, epochs - 7)) : epochs];
        for (int e = 0; e < curve.length; e++) {
            curve[e] =
                    (0.9 * Math.exp(-0.5 * e) + 0.02 + loss)
                            * Math.exp(0.05 * random.nextGaussian());
        }
        if (bad) {
            curve[curve.length - 2] = 0.5;
            curve[curve.length - 1] = random.nextBoolean() ? Double.POSITIVE_INFINITY : 3.7;
        }
        Outcome outcome =
                bad
                        ? new Outcome.Exploded(
                                "training loss of epoch %d is not finite or 10 %% above its mean."
                                        .formatted(curve.length),
                                Optional.empty(),
                                curve.length,
                                Series.of(curve))
                        : new Outcome.Completed(
                                evaluation(loss), epochs, Series.of(curve), Optional.empty());
        InstanceKey key = InstanceKey.paired(id, purpose, index);
        put(
                new InstanceResult(
                        key,
                        random.nextLong(),
                        random.nextLong(),
                        outcome,
                        250_000_000L + random.nextInt(90_000_000)));
    }

    void put(InstanceResult result) {
        results.computeIfAbsent(result.key().candidate(), _ -> new HashMap<>())
                .computeIfAbsent(result.key().purpose(), _ -> new ArrayList<>())
                .add(result);
    }

    private Evaluation evaluation(double loss) {
        double[] blocks = new double[Evaluation.BLOCKS];
        for (int b = 0; b < blocks.length; b++) {
            blocks[b] = loss * Math.exp(0.1 * random.nextGaussian());
        }
        return new Evaluation(loss, Series.of(blocks), SyntheticMetrics.of(plan(), loss, random));
    }

    private double mean(String id) {
        return losses(id, Purpose.RACE).mean();
    }

    Losses losses(String id, Purpose purpose) {
        return Losses.of(
                instances(id, purpose).stream().mapToDouble(r -> r.outcome().loss()).toArray());
    }

    @Override
    public Provenance provenance() {
        return new Provenance(
                study,
                "/home/physicist/studies/energy.yaml",
                studyText,
                20250522L,
                "3f786850e387550fdab836ed7e6dc881de23001b3f786850e387550fdab836ed",
                "0.1.0",
                "Eclipse Adoptium 25.0.1",
                "Intel Xeon, 2 cores",
                512,
                "farm-17",
                "2026-11-23T19:40:12Z");
    }

    @Override
    public RunPlan plan() {
        return new RunPlan(
                task == null ? Task.regression(target) : task,
                scales.isEmpty() ? List.of(scale) : scales,
                loss,
                3000,
                12_000,
                2000,
                5000,
                12,
                "progressive",
                criterion,
                instances,
                (long) candidates.size() * warmup + 60,
                per,
                certificate);
    }

    @Override
    public List<CandidateRecord> candidates() {
        return candidates;
    }

    @Override
    public void forEachInstance(Purpose purpose, Consumer<InstanceResult> consumer) {
        candidates.forEach(candidate -> instances(candidate.id(), purpose).forEach(consumer));
    }

    @Override
    public List<InstanceResult> instances(String candidate, Purpose purpose) {
        return results.getOrDefault(candidate, Map.of()).getOrDefault(purpose, List.of());
    }

    @Override
    public Optional<Weights> weights(InstanceKey key) {
        return Optional.empty();
    }

    @Override
    public List<RoundRecord> rounds() {
        return rounds;
    }

    @Override
    public List<Elimination> eliminations() {
        return eliminations;
    }

    @Override
    public List<Ranked> finalists() {
        return finalists;
    }

    @Override
    public Optional<RaceCheck> raceCheck() {
        return check;
    }

    @Override
    public Optional<AuditRecord> audit() {
        return audit;
    }

    @Override
    public List<CertificateRecord> certificates() {
        return certificates;
    }

    @Override
    public List<BaselineRecord> baselines() {
        return baselines;
    }

    @Override
    public List<GeneralizationRecord> generalizations() {
        return generalizations;
    }
}
