package dev.mettle.cli;

import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.random.Purpose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/**
 * Instances that a command asks for by name. What the run's ledger holds is not trained again, so a
 * command that was stopped goes on when it is given again, and ends with the same bits.
 */
final class Trainings {
    private final Session session;
    private final Console console;

    Trainings(Session session, Console console) {
        this.session = session;
        this.console = console;
    }

    /** Returns those that the ledger does not hold yet, in the order asked for. */
    List<InstanceKey> missing(SequencedSet<InstanceKey> wanted) {
        Map<InstanceKey, InstanceResult> known = known(wanted);
        return wanted.stream().filter(key -> !known.containsKey(key)).toList();
    }

    /**
     * Trains what is missing, keeps it in the ledger, and returns all results.
     *
     * @param doing what the command does, such as "assessing 3fa2", for progress and log
     * @param wanted the instances; all are flushed to the ledger when this returns
     * @return one result for each, in the order asked for
     * @throws InterruptedException when told to stop; what was finished is in the ledger
     */
    List<InstanceResult> results(String doing, SequencedSet<InstanceKey> wanted)
            throws InterruptedException {
        Map<InstanceKey, InstanceResult> results = known(wanted);
        List<InstanceKey> missing =
                wanted.stream().filter(key -> !results.containsKey(key)).toList();
        if (!missing.isEmpty()) {
            train(doing, missing, results);
        }
        List<InstanceResult> ordered = new ArrayList<>(wanted.size());
        for (InstanceKey key : wanted) {
            InstanceResult result = results.get(key);
            if (result == null) {
                throw new IllegalStateException("instance %s was not trained.".formatted(key));
            }
            ordered.add(result);
        }
        return ordered;
    }

    private void train(
            String doing, List<InstanceKey> missing, Map<InstanceKey, InstanceResult> results)
            throws InterruptedException {
        RunLog.append(
                session.directory().log(),
                "%s: %d instances to train".formatted(doing, missing.size()));
        Progress progress = Progress.training(session, console, doing, missing.size());
        try (RunLog log =
                new RunLog(session.directory().log(), session.ledger().plan(), progress)) {
            session.executor()
                    .execute(
                            missing,
                            result -> {
                                session.ledger().record(result);
                                results.put(result.key(), result);
                                log.finished(result);
                            });
        } finally {
            progress.end();
        }
        session.ledger().flush();
    }

    private Map<InstanceKey, InstanceResult> known(SequencedSet<InstanceKey> wanted) {
        Map<InstanceKey, InstanceResult> known = new LinkedHashMap<>();
        record Row(String candidate, Purpose purpose) {}
        SequencedSet<Row> rows = new LinkedHashSet<>();
        wanted.forEach(key -> rows.add(new Row(key.candidate(), key.purpose())));
        for (Row row : rows) {
            for (InstanceResult result :
                    session.ledger().instances(row.candidate(), row.purpose())) {
                if (wanted.contains(result.key())) {
                    known.put(result.key(), result);
                }
            }
        }
        return known;
    }
}
