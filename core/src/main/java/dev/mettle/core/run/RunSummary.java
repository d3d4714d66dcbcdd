package dev.mettle.core.run;

import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.selection.RaceCheck;
import dev.mettle.core.selection.Ranked;
import dev.mettle.core.statistics.Losses;
import dev.mettle.core.statistics.Robustness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * What a run found, for tables, reports and JSON.
 *
 * @param provenance what the run was made from
 * @param plan what it set out to do
 * @param candidates number of candidates raced
 * @param counts what was trained
 * @param winners the winner of every value of {@code per}, best first; one without {@code per};
 *     empty while the race goes on or when every candidate failed
 * @param finalists best first
 * @param check how sure the race is; empty where its algorithm does not say
 * @param audit what the audit of the race found; empty without
 * @param baselines what classical reconstructions reached
 * @param rounds what each round brought; none where a study has but one
 */
public record RunSummary(
        Provenance provenance,
        RunPlan plan,
        int candidates,
        Counts counts,
        List<Winner> winners,
        List<Finalist> finalists,
        Optional<RaceCheck> check,
        Optional<AuditFinding> audit,
        List<BaselineRecord> baselines,
        List<RoundResult> rounds) {
    /**
     * Instances of previews, race, audit and certificates.
     *
     * @param instances all of them
     * @param previews those on fewer rows, before the race
     * @param race those of the race
     * @param audit those that the audit of the race added
     * @param exploded those that exploded
     * @param crashed those whose trainer failed
     * @param elapsedNanos time they took, added up
     */
    public record Counts(
            int instances,
            int previews,
            int race,
            int audit,
            int exploded,
            int crashed,
            long elapsedNanos) {
        /** Returns those of certificates. */
        public int certificates() {
            return instances - previews - race - audit;
        }
    }

    /**
     * A winner.
     *
     * @param group value of {@code per}; empty without
     * @param candidate which
     * @param criterion over its instances of the race
     * @param instances those the verdict stands on: of its certificate, or of the race where none
     *     was tried
     * @param losses of these instances
     * @param robustness judged on these instances
     * @param certificate the last one tried for it
     * @param metricBounds bounds of the metrics that are losses themselves, by the rank of the
     *     certificate and each by itself; empty without a certificate
     * @param conditions what the certificate is conditional on, a sentence each; empty without
     */
    public record Winner(
            String group,
            CandidateRecord candidate,
            double criterion,
            List<InstanceResult> instances,
            Losses losses,
            Robustness robustness,
            Optional<CertificateRecord> certificate,
            SequencedMap<String, Double> metricBounds,
            List<String> conditions) {
        /** Tells whether a certificate was tried and holds. */
        public boolean certified() {
            return certificate.filter(CertificateRecord::certified).isPresent();
        }
    }

    /**
     * A finalist.
     *
     * @param group value of {@code per}; empty without
     * @param candidate which
     * @param criterion over its instances of the race
     * @param losses of its instances of the race
     */
    public record Finalist(
            String group, CandidateRecord candidate, double criterion, Losses losses) {}

    public RunSummary {
        winners = List.copyOf(winners);
        finalists = List.copyOf(finalists);
        baselines = List.copyOf(baselines);
        rounds = List.copyOf(rounds);
    }

    /** Reads what a run found so far. */
    public static RunSummary of(RunRecord run) {
        Map<String, CandidateRecord> byId = new LinkedHashMap<>();
        run.candidates().forEach(candidate -> byId.put(candidate.id(), candidate));
        List<Ranked> order = run.finalists();
        Tally tally = Tally.of(run, order);
        Map<String, Losses> losses = tally.losses();
        List<Finalist> finalists = new ArrayList<>();
        for (Ranked ranked : order) {
            CandidateRecord candidate = candidate(byId, ranked);
            finalists.add(
                    new Finalist(
                            ranked.group(),
                            candidate,
                            ranked.criterion(),
                            Objects.requireNonNull(losses.get(candidate.id()))));
        }
        return new RunSummary(
                run.provenance(),
                run.plan(),
                byId.size(),
                tally.counts(),
                winners(run, byId),
                finalists,
                run.raceCheck(),
                run.audit().flatMap(record -> AuditFinding.of(record, order)),
                run.baselines(),
                RoundResult.of(run));
    }

    private static List<Winner> winners(RunRecord run, Map<String, CandidateRecord> byId) {
        List<Winner> winners = new ArrayList<>();
        for (List<Ranked> group : StudyRun.byGroup(run.finalists()).values()) {
            if (group.getFirst().criterion() < Double.POSITIVE_INFINITY) {
                winners.add(winner(run, byId, group));
            }
        }
        winners.sort(
                Comparator.comparing(Winner::certified)
                        .reversed()
                        .thenComparingDouble(Winner::criterion));
        return winners;
    }

    private static CandidateRecord candidate(Map<String, CandidateRecord> byId, Ranked ranked) {
        return Objects.requireNonNull(
                byId.get(ranked.candidate()), "a finalist is no candidate of its run");
    }

    /** The winner of a group is its certified finalist; without one, its best. */
    private static Winner winner(
            RunRecord run, Map<String, CandidateRecord> byId, List<Ranked> group) {
        List<CertificateRecord> tried = declared(run.certificates(), group);
        Optional<CertificateRecord> certificate =
                tried.stream()
                        .filter(CertificateRecord::certified)
                        .findFirst()
                        .or(() -> tried.stream().findFirst());
        Ranked chosen =
                group.stream()
                        .filter(ranked -> isOf(certificate, ranked))
                        .findFirst()
                        .orElse(group.getFirst());
        List<InstanceResult> instances =
                certificate
                        .map(c -> certified(run, c))
                        .orElseGet(() -> run.instances(chosen.candidate(), Purpose.RACE));
        Losses losses = losses(instances);
        return new Winner(
                chosen.group(),
                candidate(byId, chosen),
                chosen.criterion(),
                instances,
                losses,
                Robustness.of(losses),
                certificate,
                certificate
                        .map(c -> MetricBounds.of(c, run.plan(), instances))
                        .orElseGet(LinkedHashMap::new),
                certificate.map(c -> conditions(run, c)).orElse(List.of()));
    }

    /**
     * Returns the certificates of the declared sequence of attempts: attempt a is of the a-th
     * finalist without failures. A certificate that a user asked for apart from it has its own
     * confidence, and cannot make a winner.
     */
    private static List<CertificateRecord> declared(
            List<CertificateRecord> certificates, List<Ranked> group) {
        List<String> sound =
                group.stream().filter(f -> f.failures() == 0).map(Ranked::candidate).toList();
        return certificates.stream()
                .filter(c -> sound.indexOf(c.candidate()) == c.attempt() - 1)
                .toList();
    }

    private static boolean isOf(Optional<CertificateRecord> certificate, Ranked ranked) {
        return certificate.filter(c -> c.candidate().equals(ranked.candidate())).isPresent();
    }

    /** Returns what a certificate of the run is conditional on, a sentence each. */
    public static List<String> conditions(RunRecord run, CertificateRecord certificate) {
        return Conditions.of(
                certificate, run.plan(), run.provenance(), certified(run, certificate));
    }

    /**
     * Returns the bounds of the metrics that are losses themselves, from the instances of a
     * certificate and by its rank: error_rate beside cross_entropy, loss.NAME of several targets.
     * Each holds by itself, with the certificate's coverage and confidence; +infinity where too
     * many instances failed. Empty for a regression of one target.
     */
    public static SequencedMap<String, Double> metricBounds(
            RunRecord run, CertificateRecord certificate) {
        return MetricBounds.of(certificate, run.plan(), certified(run, certificate));
    }

    /** Returns the instances on which a certificate stands, in order. */
    private static List<InstanceResult> certified(RunRecord run, CertificateRecord certificate) {
        Set<InstanceKey> keys =
                new HashSet<>(
                        Certifier.keys(
                                certificate.candidate(),
                                certificate.attempt(),
                                certificate.instances()));
        return run.instances(certificate.candidate(), Purpose.CERTIFY).stream()
                .filter(result -> keys.contains(result.key()))
                .toList();
    }

    private static Losses losses(List<InstanceResult> instances) {
        return Losses.of(
                instances.stream().mapToDouble(result -> result.outcome().loss()).toArray());
    }

    /** Tells whether the race is over. */
    public boolean finished() {
        return !finalists.isEmpty();
    }

    /** Returns the values of {@code per} that have no winner: all their finalists failed. */
    public List<String> groupsWithoutWinner() {
        List<String> groups = new ArrayList<>();
        finalists.stream().map(Finalist::group).distinct().forEach(groups::add);
        winners.forEach(winner -> groups.remove(winner.group()));
        return groups;
    }

    /**
     * Tells whether there is a winner for every value of {@code per}, and every certificate that
     * was asked for holds.
     */
    public boolean succeeded() {
        return !winners.isEmpty()
                && groupsWithoutWinner().isEmpty()
                && (plan.certificate().isEmpty() || winners.stream().allMatch(Winner::certified));
    }
}
