package dev.mettle.core.run;

import dev.mettle.core.instance.InstanceExecutor;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.selection.Cell;
import dev.mettle.core.selection.Elimination;
import dev.mettle.core.selection.LossTable;
import dev.mettle.core.selection.Ranked;
import dev.mettle.core.selection.Selection;
import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.Study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Drives a study from selection to certificate and audit. All state is in the ledger: a run that
 * was killed goes on by being driven again, and ends with the same bits.
 */
public final class StudyRun {
    private final Study study;
    private final RaceRounds rounds;
    private final InstanceExecutor executor;
    private final Ledger ledger;
    private final RunListener listener;

    /** Takes the races of the study and a ledger that belongs to it. */
    public StudyRun(
            Study study,
            RaceRounds rounds,
            InstanceExecutor executor,
            Ledger ledger,
            RunListener listener) {
        this.study = study;
        this.rounds = rounds;
        this.executor = executor;
        this.ledger = ledger;
        this.listener = listener;
    }

    /**
     * Races the candidates until the algorithm is done, round by round.
     *
     * @return the finalists, best first
     * @throws InterruptedException when told to stop; what was finished is in the ledger
     */
    public List<Ranked> select() throws InterruptedException {
        Dropped dropped = new Dropped();
        RaceRounds.Race race = rounds.first();
        while (true) {
            begin(race);
            LossTable table = tableSoFar(race);
            Selection.Next.Done end = race(race, table, dropped);
            if (race.round() == rounds.count()) {
                end.check().ifPresent(ledger::recordRaceCheck);
                ledger.recordFinalists(end.finalists());
                ledger.flush();
                end.check().ifPresent(listener::checked);
                listener.selected(end.finalists());
                return end.finalists();
            }
            race = rounds.next(race, end.finalists());
        }
    }

    private Selection.Next.Done race(RaceRounds.Race race, LossTable table, Dropped dropped)
            throws InterruptedException {
        while (true) {
            Selection selection = race.algorithm().select(table);
            List<Elimination> eliminations =
                    selection.eliminations().stream().map(race::counted).toList();
            dropped.inThisRound(eliminations);
            switch (selection.next()) {
                case Selection.Next.Train train -> train(train, table);
                case Selection.Next.Done end -> {
                    dropped.endRound(eliminations);
                    return end;
                }
            }
        }
    }

    /** The eliminations of all rounds, which are recorded and told as they are made. */
    private final class Dropped {
        private final List<Elimination> before = new ArrayList<>();
        private int told = ledger.eliminations().size();

        void inThisRound(List<Elimination> eliminations) {
            List<Elimination> all = new ArrayList<>(before);
            all.addAll(eliminations);
            if (all.size() >= told) { // fewer: a round that was over when the run was killed
                ledger.recordEliminations(all);
                listener.eliminated(all.subList(told, all.size()));
                told = all.size();
            }
        }

        void endRound(List<Elimination> eliminations) {
            before.addAll(eliminations);
        }
    }

    private void begin(RaceRounds.Race race) {
        if (rounds.count() == 1) {
            return;
        }
        List<Candidate> drawn = race.drawn().candidates();
        ledger.recordRound(race.record(), drawn.stream().map(CandidateRecord::of).toList());
        executor.admit(drawn);
        listener.round(race.record(), rounds.count());
    }

    private LossTable tableSoFar(RaceRounds.Race race) {
        List<String> ids = race.candidates().stream().map(Candidate::id).toList();
        LossTable table = new LossTable(ids, study.selection().instances());
        boolean previews = study.selection().algorithm().previewRows().isPresent();
        for (String id : ids) {
            ledger.instances(id, Purpose.RACE).forEach(result -> put(table, result));
            if (previews) {
                ledger.instances(id, Purpose.PREVIEW).forEach(result -> put(table, result));
            }
        }
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
