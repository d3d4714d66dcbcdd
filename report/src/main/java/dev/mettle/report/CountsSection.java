package dev.mettle.report;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.run.RunSummary;

import java.util.List;

/** What the answer cost. */
final class CountsSection {
    private CountsSection() {}

    /** Returns the counts of a run. */
    static Section of(RunDigest run) {
        RunSummary.Counts counts = run.summary().counts();
        Table table = new Table(List.of("what", "how many"));
        table.add(List.of("candidates in the race", Digits.count(run.candidates().size())));
        table.add(
                List.of("candidates excluded by constraints", Digits.count(run.plan().excluded())));
        if (counts.previews() > 0) {
            table.add(
                    List.of("previews, trainings on fewer rows", Digits.count(counts.previews())));
        }
        table.add(List.of("trainings of the race", race(run, counts)));
        if (counts.audit() > 0) {
            table.add(List.of("trainings of the audit", Digits.count(counts.audit())));
        }
        table.add(List.of("trainings of certificates", Digits.count(counts.certificates())));
        run.besides()
                .forEach((purpose, count) ->
                        table.add(List.of("trainings of " + label(purpose), Digits.count(count))));
        table.add(List.of("exploded", share(counts.exploded(), counts.instances())));
        table.add(List.of("crashed", share(counts.crashed(), counts.instances())));
        table.add(
                List.of(
                        "compute time, all trainings added up",
                        Digits.duration(counts.elapsedNanos())));
        if (counts.instances() > 0) {
            table.add(
                    List.of(
                            "time of a training, mean",
                            Digits.duration(counts.elapsedNanos() / counts.instances())));
        }
        table.add(List.of("rows an instance trains on", Digits.count(run.plan().sample())));
        table.add(
                List.of(
                        "rows of pool, validation, test",
                        Digits.count(run.plan().pool())
                                + ", "
                                + Digits.count(run.plan().validation())
                                + ", "
                                + Digits.count(run.plan().test())));
        return new Section("counts", "What it took", List.of(table.html()));
    }

    private static String label(Purpose purpose) {
        return switch (purpose) {
            case RACE -> "the race";
            case CERTIFY -> "certificates";
            case ASSESS -> "assessments";
            case DECOMPOSE -> "the decomposition";
            case SAMPLE_SIZE -> "the study of sample sizes";
            case PREVIEW -> "previews";
        };
    }

    private static String race(RunDigest run, RunSummary.Counts counts) {
        long exhaustive = run.exhaustiveTrainings();
        String used = Digits.count(counts.race());
        return counts.race() < exhaustive
                ? "%s of the %s that all candidates at full length take (%s)"
                        .formatted(
                                used,
                                Digits.count(exhaustive),
                                Digits.percent(counts.race() / (double) exhaustive))
                : used;
    }

    private static String share(int count, int of) {
        return count == 0
                ? "0"
                : "%s (%s)".formatted(Digits.count(count), Digits.percent(count / (double) of));
    }
}
