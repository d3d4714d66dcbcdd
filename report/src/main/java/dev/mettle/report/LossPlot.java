package dev.mettle.report;

import dev.mettle.core.run.CertificateRecord;
import dev.mettle.core.run.RunSummary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The losses of the best finalists, the certificate's instances apart from the race's. */
final class LossPlot {
    private static final int MOST_FINALISTS = 12;

    private static final Html KEY =
            new Html(
                    " <span class=\"key race\">○</span> race, on the validation rows; <span"
                        + " class=\"key certificate\">●</span> fresh trainings of the certificate,"
                        + " on the test rows, with the certified bound as a thick line.");

    private LossPlot() {}

    /** Draws the best finalists; empty when none of their losses is finite. */
    static Optional<Plot> of(RunDigest run) {
        List<LossStrips.Strip> strips = new ArrayList<>();
        List<RunSummary.Finalist> finalists = shown(run.summary());
        finalists.forEach(finalist -> addStrips(run, finalist, strips));
        boolean certified =
                strips.stream().anyMatch(strip -> strip.kind() == LossStrips.Kind.CERTIFICATE);
        int all = run.summary().finalists().size();
        return new LossStrips(run.plan(), strips)
                .plot(
                        "plot-losses",
                        "Every training of the best finalists",
                        Html.of(
                                "%s%s",
                                certified ? KEY : Html.NONE,
                                all > finalists.size()
                                        ? " Shown are the best %d of %s finalists."
                                                .formatted(finalists.size(), Digits.count(all))
                                        : ""));
    }

    /** Winners first, also those of a weak group far down the list, then the best others. */
    private static List<RunSummary.Finalist> shown(RunSummary summary) {
        List<String> winners =
                summary.winners().stream().map(winner -> winner.candidate().id()).toList();
        List<RunSummary.Finalist> sorted = new ArrayList<>(summary.finalists());
        sorted.sort(
                Comparator.comparingInt(finalist -> {
                    int place = winners.indexOf(finalist.candidate().id());
                    return place < 0 ? winners.size() : place;
                }));
        return sorted.subList(0, Math.min(sorted.size(), Math.max(MOST_FINALISTS, winners.size())));
    }

    private static void addStrips(
            RunDigest run, RunSummary.Finalist finalist, List<LossStrips.Strip> strips) {
        String name = Names.of(run.plan(), finalist.candidate(), finalist.group());
        for (CertificateRecord certificate : run.certificates()) {
            if (certificate.candidate().equals(finalist.candidate().id())) {
                run.losses(certificate)
                        .ifPresent(losses ->
                                strips.add(
                                        new LossStrips.Strip(
                                                "%s — certificate, %d fresh"
                                                        .formatted(name, losses.count()),
                                                LossStrips.Kind.CERTIFICATE,
                                                losses,
                                                OptionalDouble.of(certificate.bound()))));
            }
        }
        strips.add(
                new LossStrips.Strip(
                        "%s — race, %d".formatted(name, finalist.losses().count()),
                        LossStrips.Kind.RACE,
                        finalist.losses(),
                        OptionalDouble.empty()));
    }
}
