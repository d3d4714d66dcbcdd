package dev.mettle.cli;

import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.run.AuditFinding;
import dev.mettle.core.run.CertificateRecord;
import dev.mettle.core.run.RaceWords;
import dev.mettle.core.run.RoundRecord;
import dev.mettle.core.run.RunListener;
import dev.mettle.core.run.RunPlan;
import dev.mettle.core.selection.Elimination;
import dev.mettle.core.selection.RaceCheck;
import dev.mettle.core.selection.Ranked;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Writes what happens in a run to its log, with the time, and passes it on. */
final class RunLog implements RunListener, AutoCloseable {
    private final PrintWriter log;
    private final RunPlan plan;
    private final RunListener next;

    /** Appends to the log of the run whose plan this is, which names its loss. */
    RunLog(Path file, RunPlan plan, RunListener next) {
        this.plan = plan;
        this.next = next;
        try {
            this.log =
                    new PrintWriter(
                            Files.newBufferedWriter(
                                    file,
                                    StandardCharsets.UTF_8,
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.APPEND),
                            true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Appends one line to the log, which may be open elsewhere. */
    static void append(Path file, String text) {
        try {
            Files.writeString(
                    file,
                    stamped(text) + System.lineSeparator(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void line(String text) {
        log.println(stamped(text));
    }

    private static String stamped(String text) {
        return LocalDateTime.now().truncatedTo(ChronoUnit.SECONDS) + " " + text;
    }

    @Override
    public void round(RoundRecord round, int rounds) {
        line(
                "round %d of %d: %d new candidates of %d points, %d duplicates, %d excluded"
                        .formatted(
                                round.round(),
                                rounds,
                                round.candidates(),
                                round.points(),
                                round.duplicates(),
                                round.excluded()));
        next.round(round, rounds);
    }

    @Override
    public void raceStep(int iteration, int alive, int instances) {
        line(
                "%s: %d candidates, %d instances to train"
                        .formatted(
                                iteration == 0 ? "previews" : "race, iteration " + iteration,
                                alive,
                                instances));
        next.raceStep(iteration, alive, instances);
    }

    @Override
    public void finished(InstanceResult result) {
        switch (result.outcome()) {
            case Outcome.Completed _ -> {}
            case Outcome.Exploded(String reason, _, _, _) -> failed(result, "exploded", reason);
            case Outcome.Crashed(String reason) -> failed(result, "crashed", reason);
        }
        next.finished(result);
    }

    private void failed(InstanceResult result, String how, String reason) {
        line(
                "%s %s %s %s: %s"
                        .formatted(
                                result.key().candidate(),
                                result.key().purpose(),
                                number(result.key()),
                                how,
                                reason));
    }

    /** Returns the one index of a paired instance, or those of a cell of a grid. */
    private static String number(InstanceKey key) {
        if (key.purpose() != Purpose.DECOMPOSE) {
            return Integer.toString(key.init());
        }
        return "init %d, sample %d%s"
                .formatted(
                        key.init(),
                        key.sample(),
                        key.order().isPresent() ? ", order " + key.order().getAsInt() : "");
    }

    @Override
    public void eliminated(List<Elimination> eliminations) {
        eliminations.forEach(e -> line("dropped %s: %s".formatted(e.candidate(), e.reason())));
        next.eliminated(eliminations);
    }

    @Override
    public void checked(RaceCheck check) {
        line("checked %d times: %s".formatted(check.checks(), RaceWords.check(check)));
        next.checked(check);
    }

    @Override
    public void selected(List<Ranked> finalists) {
        finalists.forEach(f ->
                line(
                        "finalist %s %s: criterion %s"
                                .formatted(f.candidate(), f.group(), f.criterion())));
        next.selected(finalists);
    }

    @Override
    public void auditing(int candidates, int instances) {
        line(
                "auditing %d dropped candidates: %d instances to train"
                        .formatted(candidates, instances));
        next.auditing(candidates, instances);
    }

    @Override
    public void audited(AuditFinding finding) {
        line(
                "audit: %s; %s; %s"
                        .formatted(
                                RaceWords.audited(finding),
                                RaceWords.found(finding),
                                RaceWords.best(finding, Double::toString)));
        next.audited(finding);
    }

    @Override
    public void certifying(Ranked finalist, int attempt, int instances) {
        line(
                "certifying %s, attempt %d: %d instances to train"
                        .formatted(finalist.candidate(), attempt, instances));
        next.certifying(finalist, attempt, instances);
    }

    @Override
    public void certified(CertificateRecord certificate) {
        line(
                "certificate of %s: %s"
                        .formatted(
                                certificate.candidate(),
                                RunText.certificate(certificate, Map.of(), plan).getFirst()));
        next.certified(certificate);
    }

    @Override
    public void close() {
        log.close();
    }
}
