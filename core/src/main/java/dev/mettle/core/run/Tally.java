package dev.mettle.core.run;

import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.selection.Ranked;
import dev.mettle.core.statistics.Losses;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;

/**
 * What one reading of a run's instances gives: how many there are, and the finalists' losses in the
 * race. A ledger may hold some 400,000 of them, and each reading takes seconds.
 */
final class Tally {
    private final Map<String, DoubleStream.Builder> finalists = new HashMap<>();
    private int previews;
    private int race;
    private int audit;
    private int certificates;
    private int exploded;
    private int crashed;
    private long elapsedNanos;

    private Tally(List<Ranked> finalists) {
        finalists.forEach(f -> this.finalists.put(f.candidate(), DoubleStream.builder()));
    }

    /** Reads previews, the race, its audit and the certificates. */
    static Tally of(RunRecord run, List<Ranked> finalists) {
        Tally tally = new Tally(finalists);
        Predicate<InstanceKey> audited = Auditor.audited(run.eliminations());
        run.forEachInstance(
                Purpose.RACE,
                result -> {
                    if (audited.test(result.key())) {
                        tally.audit++;
                    } else {
                        tally.race++;
                    }
                    tally.add(result);
                    Optional.ofNullable(tally.finalists.get(result.key().candidate()))
                            .ifPresent(losses -> losses.add(result.outcome().loss()));
                });
        run.forEachInstance(
                Purpose.PREVIEW,
                result -> {
                    tally.previews++;
                    tally.add(result);
                });
        run.forEachInstance(
                Purpose.CERTIFY,
                result -> {
                    tally.certificates++;
                    tally.add(result);
                });
        return tally;
    }

    private void add(InstanceResult result) {
        exploded += result.outcome() instanceof Outcome.Exploded ? 1 : 0;
        crashed += result.outcome() instanceof Outcome.Crashed ? 1 : 0;
        elapsedNanos += result.elapsedNanos();
    }

    RunSummary.Counts counts() {
        return new RunSummary.Counts(
                previews + race + audit + certificates,
                previews,
                race,
                audit,
                exploded,
                crashed,
                elapsedNanos);
    }

    /** Returns the losses of every finalist in the race, in the order of its instances. */
    Map<String, Losses> losses() {
        Map<String, Losses> losses = new HashMap<>();
        finalists.forEach((id, all) -> losses.put(id, Losses.of(all.build().toArray())));
        return losses;
    }
}
