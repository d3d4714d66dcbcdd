package dev.mettle.core.run;

import dev.mettle.core.instance.InstanceExecutor;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.selection.Cell;
import dev.mettle.core.selection.LossTable;
import dev.mettle.core.selection.RaceCheck;
import dev.mettle.core.selection.Ranked;
import dev.mettle.core.selection.Selection;
import dev.mettle.core.selection.SelectionAlgorithm;
import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.Study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Drives a study from selection to certificate and audit. All state is in the ledger: a run that
 * was killed goes on by being driven again, and ends with the same bits.
 */
public final class StudyRun {
    private final Study study;
    private final SelectionAlgorithm algorithm;
    private final InstanceExecutor executor;
    private final Ledger ledger;
    private final RunListener listener;

    /** Takes an algorithm made for the study and a ledger that belongs to it. */
    public StudyRun(
            Study study,
            SelectionAlgorithm algorithm,
            InstanceExecutor executor,
            Ledger ledger,
            RunListener listener) {
        this.study = study;
        this.algorithm = algorithm;
        this.executor = executor;
        this.ledger = ledger;
        this.listener = listener;
    }

    /**
     * Races the candidates until the algorithm is done.
     *
     * @return the finalists, best first
     * @throws InterruptedException when told to stop; what was finished is in the ledger
     */
    public List<Ranked> select() throws InterruptedException {
        LossTable table = tableSoFar();
        int told = ledger.eliminations().size();
        while (true) {
            Selection selection = algorithm.select(table);
            ledger.recordEliminations(selection.eliminations());
            listener.eliminated(
                    selection.eliminations().subList(told, selection.eliminations().size()));
            told = selection.eliminations().size();
            switch (selection.next()) {
                case Selection.Next.Train train -> train(train, table);
                case Selection.Next.Done(List<Ranked> finalists) -> {
                    Optional<RaceCheck> check = algorithm.check(table);
                    check.ifPresent(ledger::recordRaceCheck);
                    ledger.recordFinalists(finalists);
                    ledger.flush();
                    check.ifPresent(listener::checked);
                    listener.selected(finalists);
                    return finalists;
                }
            }
        }
    }

    private LossTable tableSoFar() {
        LossTable table =
                new LossTable(
                        study.candidates().stream().map(Candidate::id).toList(),
                        algorithm.instances());
        ledger.forEachInstance(Purpose.RACE, result -> put(table, result));
        ledger.forEachInstance(Purpose.PREVIEW, result -> put(table, result));
        return table;
    }

    private static void put(LossTable table, InstanceResult result) {
        InstanceKey key = result.key();
        LossTable own = key.purpose() == Purpose.PREVIEW ? table.previews() : table;
        own.put(key.candidate(), key.init(), result.outcome().loss());
    }

    private InstanceKey key(Cell cell) {
        return cell.preview()
                ? InstanceKey.paired(cell.candidate(), Purpose.PREVIEW, cell.instance())
                        .withRows(study.selection().algorithm().previewRows().orElseThrow())
                : InstanceKey.paired(cell.candidate(), Purpose.RACE, cell.instance());
    }

    private void train(Selection.Next.Train train, LossTable table) throws InterruptedException {
        listener.raceStep(train.iteration(), train.alive(), train.cells().size());
        executor.execute(
                train.cells().stream().map(this::key).toList(),
                result -> {
                    ledger.record(result);
                    put(table, result);
                    listener.finished(result);
                });
        ledger.flush();
    }

    /**
     * Certifies the winner of every value of {@code per}, or the one winner. A finalist with a
     * failed instance is passed over: it has shown already that it can fail.
     *
     * @param finalists best first, as {@link #select} returned them
     * @param testChecksum checksum of data and test rows
     * @return the certificates of this run, one list of attempts per group in the order of the
     *     finalists; empty when the study asks for none
     */
    public SequencedMap<String, List<CertificateRecord>> certify(
            List<Ranked> finalists, String testChecksum) throws InterruptedException {
        SequencedMap<String, List<CertificateRecord>> certificates = new LinkedHashMap<>();
        if (study.certificate().isEmpty()) {
            return certificates;
        }
        Certifier certifier =
                new Certifier(study.certificate().get(), executor, ledger, testChecksum, listener);
        for (var group : byGroup(finalists).entrySet()) {
            List<Ranked> sound = group.getValue().stream().filter(f -> f.failures() == 0).toList();
            if (!sound.isEmpty()) {
                certificates.put(group.getKey(), certifier.certify(sound));
            }
        }
        return certificates;
    }

    /**
     * Audits the race: trains some of the dropped candidates in full, where the study asks for it.
     *
     * @param finalists best first, as {@link #select} returned them
     */
    public void audit(List<Ranked> finalists) throws InterruptedException {
        new Auditor(study, executor, ledger, listener).audit(finalists);
    }

    /**
     * Returns the finalists of every value of {@code per}, best first; groups in the order of their
     * best.
     */
    public static SequencedMap<String, List<Ranked>> byGroup(List<Ranked> finalists) {
        SequencedMap<String, List<Ranked>> groups = new LinkedHashMap<>();
        for (Ranked finalist : finalists) {
            groups.computeIfAbsent(finalist.group(), _ -> new ArrayList<>()).add(finalist);
        }
        return groups;
    }
}
