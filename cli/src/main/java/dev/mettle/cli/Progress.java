package dev.mettle.cli;

import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.run.AuditFinding;
import dev.mettle.core.run.CertificateRecord;
import dev.mettle.core.run.Certifier;
import dev.mettle.core.run.RaceWords;
import dev.mettle.core.run.RoundRecord;
import dev.mettle.core.run.RunListener;
import dev.mettle.core.run.RunRecord;
import dev.mettle.core.run.StudyRun;
import dev.mettle.core.selection.Elimination;
import dev.mettle.core.selection.RaceCheck;
import dev.mettle.core.selection.Ranked;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.Losses;
import dev.mettle.core.study.CertificateSettings;
import dev.mettle.core.study.Study;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Shows how a run goes on: one line that is drawn again and again on a terminal, a plain line every
 * {@value #PLAIN_SECONDS} seconds and at every turn elsewhere.
 */
final class Progress implements RunListener {
    private static final long PLAIN_SECONDS = 15;
    private static final Duration PLAIN_EVERY = Duration.ofSeconds(PLAIN_SECONDS);
    private static final Duration DRAWN_EVERY = Duration.ofMillis(250);
    private static final int BAR = 10;
    private static final int WIDTH = 79;

    private final Console console;
    private final Criterion criterion;
    private final LongSupplier nanoTime;
    private final long expected;
    private final long start;
    private long lastShown;
    private int finished;
    private String phase = "";
    private boolean auditing;
    private String round = "";
    private final Map<String, List<Double>> race = new HashMap<>();
    private final Set<String> dropped = new HashSet<>();

    /**
     * Starts the clock.
     *
     * @param expected trainings that may still be needed, at most
     */
    Progress(Console console, Criterion criterion, long expected, LongSupplier nanoTime) {
        this.console = console;
        this.criterion = criterion;
        this.expected = expected;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.lastShown = start;
    }

    /** Returns the progress of a run that trains what its ledger does not hold yet. */
    static Progress of(Session session, Console console) {
        long[] raced = new long[1];
        session.ledger().forEachInstance(Purpose.RACE, _ -> raced[0]++);
        session.ledger().forEachInstance(Purpose.PREVIEW, _ -> raced[0]++);
        Study study = session.open().study();
        long expected =
                session.open().rounds().trainingsAtMost()
                        + CostEstimate.auditTrainings(study, session.open().rounds())
                        - raced[0]
                        + CostEstimate.certificateTrainings(study)
                        - certifyingDone(study, session.ledger());
        return new Progress(console, study.selection().criterion(), expected, System::nanoTime);
    }

    /**
     * Returns how many instances of the certificates of the study are in the ledger. Others may be
     * there too, of candidates that a user had certified besides.
     */
    private static long certifyingDone(Study study, RunRecord run) {
        if (study.certificate().isEmpty()) {
            return 0;
        }
        CertificateSettings settings = study.certificate().get();
        long done = 0;
        for (List<Ranked> group : StudyRun.byGroup(run.finalists()).values()) {
            List<Ranked> sound = group.stream().filter(f -> f.failures() == 0).toList();
            for (int i = 0; i < Math.min(settings.attempts(), sound.size()); i++) {
                String candidate = sound.get(i).candidate();
                Set<InstanceKey> wanted =
                        Set.copyOf(Certifier.keys(candidate, i + 1, settings.instances()));
                done +=
                        run.instances(candidate, Purpose.CERTIFY).stream()
                                .filter(result -> wanted.contains(result.key()))
                                .count();
            }
        }
        return done;
    }

    /** Returns the progress of a certificate that stands by itself. */
    static Progress certifying(Session session, Console console, long expected) {
        return new Progress(
                console,
                session.open().study().selection().criterion(),
                expected,
                System::nanoTime);
    }

    /**
     * Returns the progress of instances that a command asks for by name.
     *
     * @param doing such as "assessing 3fa2"
     */
    static Progress training(Session session, Console console, String doing, long expected) {
        Progress progress = certifying(session, console, expected);
        progress.phase = doing;
        return progress;
    }

    /** Returns how many instances were trained. */
    int trained() {
        return finished;
    }

    @Override
    public void round(RoundRecord drawn, int rounds) {
        round = "round %d of %d, ".formatted(drawn.round(), rounds);
    }

    @Override
    public void raceStep(int iteration, int alive, int instances) {
        phase =
                "%s, %d %s left"
                        .formatted(
                                iteration == 0
                                        ? round + "previews"
                                        : "race, %siteration %d".formatted(round, iteration),
                                alive,
                                alive == 1 ? "candidate" : "candidates");
        show(true);
    }

    @Override
    public void finished(InstanceResult result) {
        finished++;
        if (result.key().purpose() == Purpose.RACE && !auditing) {
            race.computeIfAbsent(result.key().candidate(), _ -> new ArrayList<>())
                    .add(result.outcome().loss());
        }
        show(false);
    }

    @Override
    public void eliminated(List<Elimination> eliminations) {
        eliminations.forEach(e -> dropped.add(e.candidate()));
    }

    @Override
    public void checked(RaceCheck check) {
        line("checked: " + RaceWords.check(check));
    }

    @Override
    public void selected(List<Ranked> finalists) {
        Ranked best = finalists.getFirst();
        line(
                "selected %s, %s %s"
                        .formatted(
                                best.candidate(),
                                criterion.label(),
                                Numbers.shown(best.criterion())));
    }

    @Override
    public void auditing(int candidates, int instances) {
        auditing = true;
        phase = "auditing %d dropped candidates".formatted(candidates);
        show(true);
    }

    @Override
    public void audited(AuditFinding finding) {
        line("audited: %s; %s".formatted(RaceWords.audited(finding), RaceWords.found(finding)));
    }

    @Override
    public void certifying(Ranked finalist, int attempt, int instances) {
        String group = finalist.group().isEmpty() ? "" : " (%s)".formatted(finalist.group());
        phase = "certifying %s%s".formatted(finalist.candidate(), group);
        show(true);
    }

    @Override
    public void certified(CertificateRecord certificate) {
        line(
                certificate.certified()
                        ? "certified %s: bound %s"
                                .formatted(
                                        certificate.candidate(), Numbers.bound(certificate.bound()))
                        : "not certified: %s, an instance failed"
                                .formatted(certificate.candidate()));
    }

    /** Ends the line that is drawn in place. */
    void end() {
        if (console.isTerminal()) {
            console.overwrite("");
        }
    }

    private void line(String text) {
        end();
        console.message(text);
    }

    private void show(boolean turn) {
        long now = nanoTime.getAsLong();
        long since = now - lastShown;
        if (console.isTerminal()) {
            if (since >= DRAWN_EVERY.toNanos()) {
                lastShown = now;
                console.overwrite(cut(bar() + " " + text(now)));
            }
        } else if (turn || since >= PLAIN_EVERY.toNanos()) {
            lastShown = now;
            console.message(text(now));
        }
    }

    /** A longer line would wrap, and could not be overwritten. */
    private static String cut(String line) {
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 3) + "...";
    }

    private String bar() {
        int full = (int) Math.min(BAR, BAR * (long) finished / Math.max(1, expected));
        return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "]";
    }

    private String text(long now) {
        StringBuilder text = new StringBuilder(phase);
        text.append("; %d of at most %d trained".formatted(finished, expected));
        double seconds = (now - start) / 1e9;
        if (finished > 0 && seconds > 0) {
            double rate = finished / seconds;
            text.append(
                    ", %s/s, at most %s left"
                            .formatted(
                                    Numbers.shown(rate),
                                    Numbers.duration(Math.max(0, expected - finished) / rate)));
        }
        double best = best();
        if (best < Double.POSITIVE_INFINITY) {
            text.append(", best %s %s".formatted(criterion.label(), Numbers.shown(best)));
        }
        return text.toString();
    }

    /** The best criterion among the candidates in the race that have as many losses as any. */
    private double best() {
        int most = race.values().stream().mapToInt(List::size).max().orElse(0);
        return race.entrySet().stream()
                .filter(e -> e.getValue().size() == most && !dropped.contains(e.getKey()))
                .mapToDouble(e ->
                        criterion.of(
                                Losses.of(
                                        e.getValue().stream()
                                                .mapToDouble(Double::doubleValue)
                                                .toArray())))
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }
}
