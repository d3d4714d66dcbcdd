package dev.mettle.core.run;

import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.instance.Weights;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.selection.Elimination;
import dev.mettle.core.selection.RaceCheck;
import dev.mettle.core.selection.Ranked;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A ledger in memory, for tests. */
final class MemoryLedger implements Ledger {
    private final Provenance provenance;
    private final RunPlan plan;
    private final List<CandidateRecord> candidates;
    private final Map<InstanceKey, InstanceResult> instances = new LinkedHashMap<>();
    private final List<RoundRecord> rounds = new ArrayList<>();
    private List<Elimination> eliminations = List.of();
    private List<Ranked> finalists = List.of();
    private Optional<RaceCheck> check = Optional.empty();
    private Optional<AuditRecord> audit = Optional.empty();
    private final List<CertificateRecord> certificates = new ArrayList<>();
    private final List<BaselineRecord> baselines = new ArrayList<>();
    private final List<GeneralizationRecord> generalizations = new ArrayList<>();

    MemoryLedger(Provenance provenance, RunPlan plan, List<CandidateRecord> candidates) {
        this.provenance = provenance;
        this.plan = plan;
        this.candidates = new ArrayList<>(candidates);
    }

    @Override
    public void record(InstanceResult result) {
        if (instances.putIfAbsent(result.key(), result) != null) {
            throw new IllegalStateException("recorded twice: " + result.key());
        }
    }

    @Override
    public void recordRound(RoundRecord round, List<CandidateRecord> drawn) {
        if (round.round() <= rounds.size()) {
            return;
        }
        rounds.add(round);
        drawn.stream()
                .filter(candidate -> !candidates.contains(candidate))
                .forEach(candidates::add);
    }

    @Override
    public List<RoundRecord> rounds() {
        return List.copyOf(rounds);
    }

    @Override
    public void recordEliminations(List<Elimination> all) {
        if (!all.subList(0, eliminations.size()).equals(eliminations)) {
            throw new IllegalStateException("eliminations changed: " + eliminations + " to " + all);
        }
        eliminations = List.copyOf(all);
    }

    @Override
    public void recordFinalists(List<Ranked> ranked) {
        finalists = finalists.isEmpty() ? List.copyOf(ranked) : finalists;
    }

    @Override
    public void recordRaceCheck(RaceCheck known) {
        check = check.or(() -> Optional.of(known));
    }

    @Override
    public void recordAudit(AuditRecord known) {
        audit = audit.or(() -> Optional.of(known));
    }

    @Override
    public void recordCertificate(CertificateRecord certificate) {
        certificates.add(certificate);
    }

    @Override
    public void recordBaseline(BaselineRecord baseline) {
        baselines.add(baseline);
    }

    @Override
    public void recordGeneralization(GeneralizationRecord generalization) {
        generalizations.removeIf(earlier -> earlier.study().equals(generalization.study()));
        generalizations.add(generalization);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public Provenance provenance() {
        return provenance;
    }

    @Override
    public RunPlan plan() {
        return plan;
    }

    @Override
    public List<CandidateRecord> candidates() {
        return List.copyOf(candidates);
    }

    @Override
    public void forEachInstance(Purpose purpose, Consumer<InstanceResult> consumer) {
        candidates.forEach(candidate -> instances(candidate.id(), purpose).forEach(consumer));
    }

    @Override
    public List<InstanceResult> instances(String candidate, Purpose purpose) {
        return instances.values().stream()
                .filter(r -> r.key().candidate().equals(candidate) && r.key().purpose() == purpose)
                .sorted(
                        Comparator.comparingInt((InstanceResult r) -> r.key().init())
                                .thenComparingInt(r -> r.key().sample()))
                .toList();
    }

    @Override
    public Optional<Weights> weights(InstanceKey key) {
        return Optional.ofNullable(instances.get(key))
                .map(InstanceResult::outcome)
                .flatMap(o -> o instanceof Outcome.Completed c ? c.weights() : Optional.empty());
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
        return List.copyOf(certificates);
    }

    @Override
    public List<BaselineRecord> baselines() {
        return List.copyOf(baselines);
    }

    @Override
    public List<GeneralizationRecord> generalizations() {
        return List.copyOf(generalizations);
    }

    int size() {
        return instances.size();
    }
}
