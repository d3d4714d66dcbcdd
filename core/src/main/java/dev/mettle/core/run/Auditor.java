package dev.mettle.core.run;

import dev.mettle.core.instance.InstanceExecutor;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.selection.AuditSample;
import dev.mettle.core.selection.Elimination;
import dev.mettle.core.selection.Ranked;
import dev.mettle.core.statistics.Losses;
import dev.mettle.core.study.Study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Trains some of the candidates that a race dropped to as many instances as a finalist has, on the
 * same samples, to see what the race threw away. What the ledger holds is not trained again.
 */
public final class Auditor {
    private final Study study;
    private final InstanceExecutor executor;
    private final Ledger ledger;
    private final RunListener listener;

    Auditor(Study study, InstanceExecutor executor, Ledger ledger, RunListener listener) {
        this.study = study;
        this.executor = executor;
        this.ledger = ledger;
        this.listener = listener;
    }

    /**
     * Tells instances of the race that an audit added: those of a candidate after it was dropped.
     *
     * @param eliminations of the race so far
     */
    public static Predicate<InstanceKey> audited(List<Elimination> eliminations) {
        Map<String, Integer> had = new HashMap<>();
        eliminations.forEach(e -> had.put(e.candidate(), e.iteration()));
        return key -> key.init() >= had.getOrDefault(key.candidate(), Integer.MAX_VALUE);
    }

    /** Audits a race that is over. */
    void audit(List<Ranked> finalists) throws InterruptedException {
        if (ledger.audit().isPresent()) {
            return;
        }
        List<Elimination> eliminations = ledger.eliminations();
        List<AuditSample.Drawn> drawn = draw(eliminations);
        if (drawn.isEmpty()) {
            return;
        }
        train(drawn);
        Map<String, String> groups = new HashMap<>();
        ledger.candidates().forEach(c -> groups.put(c.id(), c.group(study.selection().per())));
        AuditRecord record =
                new AuditRecord(
                        eliminations.size(),
                        drawn.stream().mapToLong(this::added).sum(),
                        drawn.stream().map(one -> audited(one, groups)).toList());
        ledger.recordAudit(record);
        ledger.flush();
        AuditFinding.of(record, finalists).ifPresent(listener::audited);
    }

    private List<AuditSample.Drawn> draw(List<Elimination> eliminations) {
        Seed lot = new Seed(study.seed(), Purpose.RACE, Seed.Source.SAMPLE, 0);
        return AuditSample.draw(
                eliminations,
                ledger.candidates().size(),
                study.selection().audit(),
                new RandomStream(lot, Stream.CANDIDATES));
    }

    private int added(AuditSample.Drawn drawn) {
        return study.selection().instances() - drawn.elimination().iteration();
    }

    /** Trains sample by sample: all candidates of an instance share its sample. */
    private void train(List<AuditSample.Drawn> drawn) throws InterruptedException {
        Set<InstanceKey> known = new HashSet<>();
        drawn.forEach(one -> results(one).forEach(result -> known.add(result.key())));
        List<InstanceKey> missing = new ArrayList<>();
        for (int instance = 0; instance < study.selection().instances(); instance++) {
            for (AuditSample.Drawn one : drawn) {
                missing.add(
                        InstanceKey.paired(one.elimination().candidate(), Purpose.RACE, instance));
            }
        }
        missing.removeIf(known::contains);
        listener.auditing(drawn.size(), missing.size());
        executor.execute(
                missing,
                result -> {
                    ledger.record(result);
                    listener.finished(result);
                });
    }

    private List<InstanceResult> results(AuditSample.Drawn drawn) {
        return ledger.instances(drawn.elimination().candidate(), Purpose.RACE);
    }

    private AuditRecord.Audited audited(AuditSample.Drawn drawn, Map<String, String> groups) {
        String candidate = drawn.elimination().candidate();
        Losses losses =
                Losses.of(
                        results(drawn).stream()
                                .mapToDouble(result -> result.outcome().loss())
                                .toArray());
        Ranked result =
                new Ranked(
                        candidate,
                        groups.getOrDefault(candidate, ""),
                        study.selection().criterion().of(losses),
                        losses.failures());
        return new AuditRecord.Audited(result, drawn.probability());
    }
}
