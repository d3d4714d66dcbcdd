package dev.mettle.report;

import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.run.Auditor;
import dev.mettle.core.run.CandidateRecord;
import dev.mettle.core.run.CertificateRecord;
import dev.mettle.core.run.GeneralizationRecord;
import dev.mettle.core.run.GridDesign;
import dev.mettle.core.run.MetricRange;
import dev.mettle.core.run.Provenance;
import dev.mettle.core.run.RunPlan;
import dev.mettle.core.run.RunRecord;
import dev.mettle.core.run.RunSummary;
import dev.mettle.core.run.SizeStudy;
import dev.mettle.core.selection.Elimination;
import dev.mettle.core.statistics.Generalization;
import dev.mettle.core.statistics.HeldOutNoise;
import dev.mettle.core.statistics.Losses;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A run as its report needs it: core's summary, and what only plots and tables show. Of the race
 * only the losses are held: 400,000 of them are some megabytes.
 */
final class RunDigest {
    private static final int MOST_EXPLOSIONS = 24;

    /** What {@code run} trains for; everything else is besides. */
    private static final Set<Purpose> OF_A_RUN =
            EnumSet.of(Purpose.PREVIEW, Purpose.RACE, Purpose.CERTIFY);

    private final RunSummary summary;
    private final List<CandidateRecord> candidates;
    private final Map<String, CandidateRecord> byId = new HashMap<>();
    private final Map<String, double[]> raceLosses = new LinkedHashMap<>();
    private final Map<String, List<InstanceResult>> certifyInstances = new HashMap<>();
    private final Map<String, Map<String, MetricRange>> raceMetrics = new HashMap<>();

    /** The reason of the first failed instance of the race, by how it failed. */
    private final SequencedMap<String, String> examples = new LinkedHashMap<>();

    /** The first explosion of each of the first candidates with one, for their curves. */
    private final List<InstanceResult> explosions = new ArrayList<>();

    private final Set<String> exploding = new HashSet<>();
    private int raceExplosions;

    private final List<Grid> grids = new ArrayList<>();

    /** Instances that no run trains, by what they were trained for. */
    private final SequencedMap<Purpose, Integer> besides = new LinkedHashMap<>();

    private final List<AssessmentSection.Assessed> assessed = new ArrayList<>();

    /**
     * What became of candidates on other data.
     *
     * @param record the losses there
     * @param found compared with those here
     */
    record Elsewhere(GeneralizationRecord record, Generalization found) {}

    private final List<Elsewhere> elsewhere;
    private final List<Elimination> eliminations;
    private final List<CertificateRecord> certificates;
    private final Optional<SizeStudy> sizes;

    /** A crossed grid of a candidate's instances, perhaps with arms. */
    record Grid(String candidate, GridDesign.Found found) {}

    private RunDigest(RunRecord run) {
        summary = RunSummary.of(run);
        certificates = run.certificates();
        sizes = SizeStudy.of(run);
        eliminations = run.eliminations();
        elsewhere =
                run.generalizations().stream()
                        .map(record -> new Elsewhere(record, record.compare(run)))
                        .toList();
        candidates = run.candidates();
        candidates.forEach(candidate -> byId.put(candidate.id(), candidate));
        readRace(run);
        readGrids(run);
        summary.finalists().stream()
                .limit(FinalistsSection.MOST_ROWS)
                .map(finalist -> finalist.candidate().id())
                .forEach(
                        id -> raceMetrics.put(id, MetricRange.of(run.instances(id, Purpose.RACE))));
        run.forEachInstance(
                Purpose.CERTIFY,
                result ->
                        certifyInstances
                                .computeIfAbsent(result.key().candidate(), _ -> new ArrayList<>())
                                .add(result));
        readBesides(run);
    }

    private void readBesides(RunRecord run) {
        SequencedMap<String, List<InstanceResult>> assessments = new LinkedHashMap<>();
        for (Purpose purpose : Purpose.values()) {
            if (!OF_A_RUN.contains(purpose)) {
                run.forEachInstance(
                        purpose,
                        result -> {
                            besides.merge(purpose, 1, Integer::sum);
                            if (purpose == Purpose.ASSESS) {
                                assessments
                                        .computeIfAbsent(
                                                result.key().candidate(), _ -> new ArrayList<>())
                                        .add(result);
                            }
                        });
            }
        }
        String rows = Digits.count(plan().validation()) + " validation rows";
        assessments.forEach((id, instances) ->
                assessed.add(
                        new AssessmentSection.Assessed(
                                Names.id(id),
                                Names.settings(candidate(id)),
                                losses(instances),
                                HeldOutNoise.of(
                                        instances.stream()
                                                .flatMap(
                                                        result -> result.outcome().known().stream())
                                                .map(Evaluation::lossByBlock)
                                                .toList()),
                                rows)));
    }

    private void readGrids(RunRecord run) {
        Map<String, Map<InstanceKey, Double>> losses = new LinkedHashMap<>();
        run.forEachInstance(
                Purpose.DECOMPOSE,
                result ->
                        losses.computeIfAbsent(result.key().candidate(), _ -> new HashMap<>())
                                .put(result.key(), result.outcome().loss()));
        losses.forEach((candidate, own) -> {
            for (GridDesign design : GridDesign.in(own.keySet())) {
                grids.add(new Grid(candidate, design.read(candidate, own)));
            }
        });
    }

    /** Reads a run. */
    static RunDigest of(RunRecord run) {
        return new RunDigest(run);
    }

    private void readRace(RunRecord run) {
        Map<String, Integer> counts = new HashMap<>();
        Predicate<InstanceKey> audited = Auditor.audited(eliminations);
        run.forEachInstance(
                Purpose.RACE,
                result -> {
                    if (audited.test(result.key())) {
                        return;
                    }
                    String id = result.key().candidate();
                    int count = counts.getOrDefault(id, 0);
                    double[] losses = raceLosses.computeIfAbsent(id, _ -> new double[8]);
                    if (count == losses.length) {
                        losses = Arrays.copyOf(losses, 2 * count);
                        raceLosses.put(id, losses);
                    }
                    losses[count] = result.outcome().loss();
                    switch (result.outcome()) {
                        case Outcome.Completed _ -> {}
                        case Outcome.Exploded exploded -> {
                            examples.putIfAbsent("exploded", exploded.reason());
                            raceExplosions++;
                            if (exploding.add(id) && explosions.size() < MOST_EXPLOSIONS) {
                                explosions.add(result);
                            }
                        }
                        case Outcome.Crashed(String reason) ->
                                examples.putIfAbsent("crashed", reason);
                    }
                    counts.put(id, count + 1);
                });
        raceLosses.replaceAll((id, losses) -> Arrays.copyOf(losses, counts.getOrDefault(id, 0)));
    }

    RunSummary summary() {
        return summary;
    }

    Provenance provenance() {
        return summary.provenance();
    }

    RunPlan plan() {
        return summary.plan();
    }

    List<CandidateRecord> candidates() {
        return candidates;
    }

    /** Returns a candidate; one without settings when the run does not know it. */
    CandidateRecord candidate(String id) {
        CandidateRecord known = byId.get(id);
        return known == null ? new CandidateRecord(id, new LinkedHashMap<>(), 0) : known;
    }

    /**
     * Returns the race's losses by candidate, each in the order of the instances, without those
     * that an audit added; only candidates that have some.
     */
    Map<String, double[]> raceLosses() {
        return raceLosses;
    }

    /** Returns a candidate's losses in the race, if it has any. */
    Optional<Losses> raceLosses(String candidate) {
        double[] losses = raceLosses.get(candidate);
        return losses == null ? Optional.empty() : Optional.of(Losses.of(losses));
    }

    /** Returns the instances of all certificates of a candidate, by index; perhaps none. */
    List<InstanceResult> certifyInstances(String candidate) {
        return certifyInstances.getOrDefault(candidate, List.of());
    }

    /** Returns the metrics of a finalist in the race; only of those that tables show. */
    Map<String, MetricRange> raceMetrics(String candidate) {
        return raceMetrics.getOrDefault(candidate, Map.of());
    }

    /**
     * Returns the instances a certificate stands on; attempt a of n instances has indices (a - 1) n
     * to a n - 1.
     */
    List<InstanceResult> instances(CertificateRecord certificate) {
        int from = (certificate.attempt() - 1) * certificate.instances();
        return certifyInstances(certificate.candidate()).stream()
                .filter(result ->
                        result.key().init() >= from
                                && result.key().init() < from + certificate.instances())
                .toList();
    }

    /** Returns the losses a certificate stands on, if it has any. */
    Optional<Losses> losses(CertificateRecord certificate) {
        List<InstanceResult> instances = instances(certificate);
        return instances.isEmpty() ? Optional.empty() : Optional.of(losses(instances));
    }

    /** Returns the losses of instances, at least one. */
    static Losses losses(List<InstanceResult> instances) {
        return Losses.of(
                instances.stream().mapToDouble(result -> result.outcome().loss()).toArray());
    }

    /**
     * Returns the reason of the first instance of the race that exploded, and of the first that
     * crashed.
     */
    SequencedMap<String, String> examplesOfFailure() {
        return examples;
    }

    /** Returns instances of the race that exploded, at most one of a candidate, and not many. */
    List<InstanceResult> explosions() {
        return explosions;
    }

    /** Returns the candidates that were assessed, in the order of the study. */
    List<AssessmentSection.Assessed> assessed() {
        return assessed;
    }

    /**
     * Returns how many instances there are besides those of a run, by what they were trained for.
     */
    SequencedMap<Purpose, Integer> besides() {
        return besides;
    }

    /** Tells whether nothing was raced, but something else was trained. */
    boolean withoutRace() {
        return raceLosses.isEmpty() && !besides.isEmpty();
    }

    /** Returns how many instances of the race exploded. */
    int raceExplosions() {
        return raceExplosions;
    }

    /** Returns the grids that decompose randomness, by candidate; perhaps none. */
    List<Grid> grids() {
        return grids;
    }

    /** Returns what became of candidates on other data, one for each study there. */
    List<Elsewhere> elsewhere() {
        return elsewhere;
    }

    List<Elimination> eliminations() {
        return eliminations;
    }

    List<CertificateRecord> certificates() {
        return certificates;
    }

    /** Returns what losses at several training-sample sizes tell, if there are any. */
    Optional<SizeStudy> sizes() {
        return sizes;
    }

    /** Returns the trainings that all instances of every candidate would have taken. */
    long exhaustiveTrainings() {
        return (long) candidates.size() * plan().instances();
    }
}
