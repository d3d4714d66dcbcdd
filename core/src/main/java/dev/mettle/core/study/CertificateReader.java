package dev.mettle.core.study;

import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Scalar;
import dev.mettle.core.statistics.ToleranceBound;

import java.util.List;
import java.util.Optional;

/** Reads the section {@code certificate}. */
final class CertificateReader {
    private static final List<String> KEYS =
            List.of("instances", "coverage", "confidence", "attempts");
    private static final String NONE = "none";
    private static final int MOST = Integer.MAX_VALUE;

    /** More trainings than anyone can wait for: such a certificate is a slip of the pen. */
    private static final int MOST_NEEDED = 1_000_000;

    private final Problems problems;
    private final Scope scope;

    CertificateReader(Problems problems) {
        this.problems = problems;
        this.scope = Scope.outside(problems);
    }

    static List<String> keys() {
        return KEYS;
    }

    /** Returns what a study without the section asks for. */
    static CertificateSettings absent() {
        CertificateSettings one =
                new CertificateSettings(
                        1,
                        StudyDefaults.COVERAGE,
                        StudyDefaults.CONFIDENCE,
                        StudyDefaults.ATTEMPTS);
        return new CertificateSettings(
                needed(one), one.coverage(), one.confidence(), one.attempts());
    }

    /** Reads the section; {@code none} or a mistake gives empty. */
    Optional<CertificateSettings> read(Mapping.Entry entry) {
        Node value = entry.value();
        if (value instanceof Scalar scalar && scalar.text().equals(NONE)) {
            return Optional.empty();
        }
        if (!(value instanceof Mapping) && !Scope.isReference(value)) {
            problems.add(
                    value.place(),
                    "certificate must be none or a mapping such as {coverage: 0.95, confidence:"
                            + " 0.95}, but is %s.",
                    value.described());
            return Optional.empty();
        }
        return scope.resolve(value)
                .flatMap(node ->
                        Section.open(
                                node, "'certificate'", entry.key().place(), KEYS, scope, problems))
                .flatMap(this::certificate);
    }

    private Optional<CertificateSettings> certificate(Section section) {
        Optional<Double> coverage =
                section.number("coverage", Limits.INSIDE, StudyDefaults.COVERAGE);
        Optional<Double> confidence =
                section.number("confidence", Limits.INSIDE, StudyDefaults.CONFIDENCE);
        Optional<Integer> attempts = section.whole("attempts", 1, MOST, StudyDefaults.ATTEMPTS);
        Optional<Integer> written = section.whole("instances", 1, MOST, 1);
        if (coverage.isEmpty() || confidence.isEmpty() || attempts.isEmpty() || written.isEmpty()) {
            return Optional.empty();
        }
        CertificateSettings asked =
                new CertificateSettings(
                        written.get(), coverage.get(), confidence.get(), attempts.get());
        if (asked.confidencePerAttempt() >= 1) {
            problems.add(
                    section.place("confidence"),
                    "confidence is too near to 1 for %d attempts.",
                    attempts.get());
            return Optional.empty();
        }
        int needed = needed(asked);
        if (needed > MOST_NEEDED) {
            problems.add(
                    section.place(section.has("coverage") ? "coverage" : "confidence"),
                    "coverage %s with confidence %s in %d attempt%s needs more than %,d instances;"
                            + " 0.95 with 0.95 needs 59, 0.99 with 0.95 needs 299.",
                    coverage.get(),
                    confidence.get(),
                    attempts.get(),
                    attempts.get() == 1 ? "" : "s",
                    MOST_NEEDED);
            return Optional.empty();
        }
        if (section.has("instances") && written.get() < needed) {
            problems.add(
                    section.place("instances"),
                    "%,d instances cannot certify coverage %s with confidence %s in %d attempt%s:"
                            + " at least %,d are needed.",
                    written.get(),
                    coverage.get(),
                    confidence.get(),
                    attempts.get(),
                    attempts.get() == 1 ? "" : "s",
                    needed);
            return Optional.empty();
        }
        return Optional.of(
                section.has("instances")
                        ? asked
                        : new CertificateSettings(
                                needed, coverage.get(), confidence.get(), attempts.get()));
    }

    private static int needed(CertificateSettings settings) {
        return ToleranceBound.instancesNeeded(settings.coverage(), settings.confidencePerAttempt());
    }
}
