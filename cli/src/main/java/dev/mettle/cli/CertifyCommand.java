package dev.mettle.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.mettle.core.run.CertificateRecord;
import dev.mettle.core.run.Certifier;
import dev.mettle.core.run.RunRecord;
import dev.mettle.core.run.RunSummary;
import dev.mettle.core.selection.Ranked;
import dev.mettle.core.statistics.ToleranceBound;
import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.CertificateSettings;
import dev.mettle.core.study.Study;
import dev.mettle.core.study.StudyDefaults;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code certify RUN}: the certificate of the winner, or of a candidate named. */
@Command(
        name = "certify",
        description = {
            "Certifies the winner of a run, or the candidate named, on fresh trainings that"
                    + " selection never touched.",
            "Certificates that are already in the run are shown, not made again."
        },
        footer = {"", "Example: mettle certify runs/quick --candidate 3fa2"})
final class CertifyCommand implements Callable<Integer> {
    /** What is certified when the study asks for nothing. */
    private static final CertificateSettings DEFAULT =
            new CertificateSettings(
                    ToleranceBound.instancesNeeded(
                            StudyDefaults.COVERAGE, StudyDefaults.CONFIDENCE),
                    StudyDefaults.COVERAGE,
                    StudyDefaults.CONFIDENCE,
                    StudyDefaults.ATTEMPTS);

    private final Console console;

    @Parameters(paramLabel = "RUN", description = "Directory of the run.")
    private Path run = Path.of("runs");

    @Option(
            names = "--candidate",
            paramLabel = "C",
            description =
                    "Id or its beginning, 'winner', or c1=8,lr=0.001,...; the winner by default.")
    private @Nullable String candidate;

    @Mixin private Threads threads = new Threads();

    @Mixin private JsonOption json = new JsonOption();

    CertifyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        RunDirectory directory = RunDirectory.existing(run);
        OpenStudy open = OpenStudy.ofRun(directory, console);
        try (Interruption _ = new Interruption(console, directory.path());
                Session session = Session.start(open, directory, threads.count(), console)) {
            List<CertificateRecord> certificates = certify(session);
            Reports.write(session.ledger(), directory.report());
            show(session.ledger(), certificates);
            return certificates.stream().allMatch(CertificateRecord::certified)
                    ? ExitCode.DONE
                    : ExitCode.FAILED;
        }
    }

    private List<CertificateRecord> certify(Session session) throws InterruptedException {
        List<Ranked> wanted = new ArrayList<>();
        List<CertificateRecord> certificates = new ArrayList<>();
        if (candidate == null || candidate.equals(Candidates.WINNER)) {
            Candidates.finalists(session.ledger());
            for (RunSummary.Winner winner : RunSummary.of(session.ledger()).winners()) {
                Ranked ranked =
                        new Ranked(winner.candidate().id(), winner.group(), winner.criterion(), 0);
                winner.certificate().ifPresentOrElse(certificates::add, () -> wanted.add(ranked));
            }
            if (wanted.isEmpty() && certificates.isEmpty()) {
                throw new UserException(
                        "the run has no winner: every finalist has a failed instance.");
            }
        } else {
            wanted.add(named(session, candidate));
        }
        Progress progress =
                Progress.certifying(
                        session, console, settings(session).instances() * wanted.size());
        try (RunLog log =
                new RunLog(session.directory().log(), session.ledger().plan(), progress)) {
            Certifier certifier =
                    new Certifier(
                            settings(session),
                            session.executor(),
                            session.ledger(),
                            session.open().testChecksum(),
                            log);
            for (Ranked one : wanted) {
                certificates.add(certifier.certify(List.of(one)).getLast());
            }
        } finally {
            progress.end();
        }
        return certificates;
    }

    private static Ranked named(Session session, String name) {
        Study study = session.open().study();
        Candidate chosen = Candidates.choose(study, Optional.of(session.ledger()), name);
        return new Ranked(chosen.id(), chosen.group(study.selection().per()), Double.NaN, 0);
    }

    private void show(RunRecord run, List<CertificateRecord> certificates) {
        if (json.wanted()) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            certificates.forEach(certificate -> all.add(RunJson.certificate(certificate, run)));
            console.result(all);
        } else {
            certificates.forEach(certificate ->
                    console.result(
                            certificate.candidate()
                                    + "  "
                                    + String.join(
                                            "\n",
                                            RunText.certificate(
                                                    certificate,
                                                    RunSummary.metricBounds(run, certificate),
                                                    run.plan()))));
        }
    }

    private static CertificateSettings settings(Session session) {
        return session.open().study().certificate().orElse(DEFAULT);
    }
}
