package dev.mettle.core.run;

import dev.mettle.core.statistics.Bracket;
import dev.mettle.core.statistics.MinimalSize;
import dev.mettle.core.statistics.SizeComparison;
import dev.mettle.core.statistics.SizeStep;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** What a study of training-sample sizes found, in sentences for people. */
public final class SizeWords {
    private static final int CONFIDENCE = 95;

    private final SizeStudy study;

    /** Takes a study. */
    public SizeWords(SizeStudy study) {
        this.study = study;
    }

    /**
     * Returns the answer in one sentence without a full stop, such as "robust from 1,400 rows on
     * (family-wise error at most 5 %); not robust up to 350 rows".
     */
    public String verdict() {
        String error = "family-wise error at most " + percent(study.alpha());
        if (study.candidates().size() == 1) {
            MinimalSize minimal = study.candidates().getFirst().minimal();
            return "%s (%s)%s".formatted(proved(minimal), error, below(minimal));
        }
        String all =
                study.candidates().stream()
                        .map(c -> "%s: %s".formatted(c.name(), proved(c.minimal())))
                        .collect(Collectors.joining("; "));
        String each = " (%s for each)".formatted(error);
        return study.candidates().size() == 2 ? all + each + "; " + ratio(1) : all + each;
    }

    /** Returns what is proved of a candidate, such as "robust from 1,400 rows on". */
    public String proved(MinimalSize minimal) {
        OptionalInt from = minimal.robustFrom();
        if (from.isPresent()) {
            return from.getAsInt() == minimal.smallest() && minimal.steps().size() > 1
                    ? "robust at every size tried, from %s rows on"
                            .formatted(count(from.getAsInt()))
                    : "robust from %s rows on".formatted(count(from.getAsInt()));
        }
        String tried = " at any size tried, up to %s rows".formatted(count(minimal.largest()));
        if (minimal.notRobustUpTo().equals(OptionalInt.of(minimal.largest()))) {
            return "not robust" + tried;
        }
        SizeStep last = minimal.steps().getLast();
        return last.instances() < study.limits().instances()
                ? "not shown to be robust%s, where there are %d of at least %d instances"
                        .formatted(tried, last.instances(), study.limits().instances())
                : "not shown to be robust" + tried;
    }

    /** Returns the other end of what is proved, for the end of a sentence. */
    private static String below(MinimalSize minimal) {
        OptionalInt upTo = minimal.notRobustUpTo();
        return upTo.isEmpty() || upTo.getAsInt() == minimal.largest()
                ? ""
                : "; not robust up to %s rows".formatted(count(upTo.getAsInt()));
    }

    /**
     * Returns further sentences: of each candidate what is proved and estimated, then the ratios.
     */
    public List<String> details() {
        List<String> sentences = new ArrayList<>();
        boolean one = study.candidates().size() == 1;
        for (SizeStudy.Candidate candidate : study.candidates()) {
            sentences.add(
                    "%s%s; %s."
                            .formatted(
                                    one ? "It is " : candidate.name() + ": ",
                                    proofs(candidate.minimal()),
                                    crossing(candidate)));
        }
        for (int r = 1; r < study.candidates().size(); r++) {
            sentences.add(ratio(r) + provenRatio(r) + ".");
        }
        return sentences;
    }

    /** Returns both ends of what is proved. */
    private static String proofs(MinimalSize minimal) {
        OptionalInt from = minimal.robustFrom();
        OptionalInt upTo = minimal.notRobustUpTo();
        if (from.isEmpty() && upTo.isEmpty()) {
            return "proved neither robust nor not robust";
        }
        List<String> parts = new ArrayList<>();
        upTo.ifPresent(rows -> parts.add("not robust up to %s rows".formatted(count(rows))));
        from.ifPresent(rows -> parts.add("robust from %s rows on".formatted(count(rows))));
        return "proved " + String.join(" and ", parts);
    }

    /** Says where the curve of cv crosses the limit. */
    private String crossing(SizeStudy.Candidate candidate) {
        String limit = percent(study.limits().cv());
        Bracket point = candidate.needed().point();
        Bracket interval = candidate.needed().interval();
        String sure = " (%d %% interval: %s)".formatted(CONFIDENCE, rows(interval));
        if (point.isPoint()) {
            return "its curve of cv reaches %s at about %s rows%s"
                    .formatted(limit, roughly(point.low()), sure);
        }
        return point.hasLow()
                ? "its curve of cv stays above %s up to %s rows, the largest size%s"
                        .formatted(
                                limit,
                                count((long) point.low()),
                                interval.equals(point) ? "" : sure)
                : "its curve of cv is below %s from %s rows on, the smallest size%s"
                        .formatted(
                                limit,
                                count((long) point.high()),
                                interval.equals(point) ? "" : sure);
    }

    /** Compares a candidate with the first, in the direction that reads as "more rows". */
    private String ratio(int index) {
        SizeStudy.Candidate first = study.candidates().getFirst();
        SizeStudy.Candidate other = study.candidates().get(index);
        SizeComparison.Ratio ratio = study.ratios().get(index - 1);
        boolean turned = isTurned(ratio.point());
        String more = turned ? first.name() : other.name();
        String fewer = turned ? other.name() : first.name();
        Bracket point = turned ? ratio.point().inverse() : ratio.point();
        Bracket interval = turned ? ratio.interval().inverse() : ratio.interval();
        if (!point.hasLow()) {
            return "how many times as many rows %s needs as %s these sizes cannot tell"
                    .formatted(more, fewer);
        }
        return "%s needs %s as many rows as %s (%d %% interval: %s)"
                .formatted(more, times(point), fewer, CONFIDENCE, times(interval));
    }

    private String provenRatio(int index) {
        SizeComparison.Ratio ratio = study.ratios().get(index - 1);
        Bracket proven = isTurned(ratio.point()) ? ratio.proven().inverse() : ratio.proven();
        return proven.hasLow() || proven.hasHigh()
                ? "; proved, with an error of at most %s over its four fixed sequences (Bonferroni): %s"
                        .formatted(percent(study.alpha()), times(proven))
                : "; fixed sequences prove nothing about it";
    }

    private static boolean isTurned(Bracket ratio) {
        return ratio.hasHigh() && (!ratio.hasLow() || ratio.high() < 1);
    }

    private static String times(Bracket ratio) {
        if (ratio.isPoint()) {
            return "about %s times".formatted(factor(ratio.low()));
        }
        if (!ratio.hasHigh()) {
            return ratio.hasLow() ? "at least %s times".formatted(factor(ratio.low())) : "any";
        }
        return ratio.hasLow()
                ? "%s to %s times".formatted(factor(ratio.low()), factor(ratio.high()))
                : "at most %s times".formatted(factor(ratio.high()));
    }

    private static String rows(Bracket rows) {
        if (!rows.hasHigh()) {
            return rows.hasLow() ? "at least " + roughly(rows.low()) : "any number";
        }
        return rows.hasLow()
                ? "%s to %s".formatted(roughly(rows.low()), roughly(rows.high()))
                : "at most " + roughly(rows.high());
    }

    /** Returns what the answer is conditional on, a sentence each. */
    public List<String> caveats() {
        List<String> caveats = new ArrayList<>();
        caveats.add(
                "Proved is what holds at the sizes tried; that the sizes between them and beyond"
                        + " the largest behave alike is what a falling curve suggests.");
        caveats.add(
                "Every size trains for as many epochs, so a larger sample also means more steps.");
        unseenFailures(caveats);
        for (SizeStudy.Candidate candidate : study.candidates()) {
            if (candidate.minimal().heavyTails()) {
                caveats.add(
                        "The losses of %s have more far ones than log-normal losses have: the error may be several times the %s stated."
                                .formatted(candidate.name(), percent(study.alpha())));
            }
        }
        study.pool().ifPresent(pool -> caveats.add(pool(pool)));
        return caveats;
    }

    private void unseenFailures(List<String> caveats) {
        study.candidates().stream()
                .filter(candidate -> candidate.minimal().robustFrom().isPresent())
                .mapToInt(candidate -> fewestInstances(candidate.minimal()))
                .min()
                .ifPresent(n ->
                        caveats.add(
                                "That no instance failed where it is robust says that at most %s of all would, with %d %% confidence at each size (%d instances)."
                                        .formatted(
                                                percent(1 - StrictMath.pow(study.alpha(), 1.0 / n)),
                                                CONFIDENCE,
                                                n)));
    }

    private static int fewestInstances(MinimalSize minimal) {
        return minimal.steps().stream()
                .filter(step -> step.rows() >= minimal.robustFrom().orElse(0))
                .mapToInt(SizeStep::instances)
                .min()
                .orElseThrow();
    }

    private String pool(int pool) {
        int largest =
                study.candidates().stream()
                        .mapToInt(c -> c.minimal().largest())
                        .max()
                        .orElseThrow();
        String answers =
                study.candidates().stream()
                        .map(candidate ->
                                (study.candidates().size() == 1 ? "" : candidate.name() + " ")
                                        + candidate.endlessPool().map(this::proved).orElse(""))
                        .collect(Collectors.joining("; "));
        return "All samples come from the same %s rows and overlap, which makes the spread they cause too small, by √(1 - n/N) (%s at %s rows). If samples cause all of the spread, the worst case, an endless pool would give: %s."
                .formatted(
                        count(pool),
                        String.format(Locale.ROOT, "%.2f", MinimalSize.poolFactor(largest, pool)),
                        count(largest),
                        answers);
    }

    /** Returns a share as a percentage of at most two significant digits. */
    private static String percent(double share) {
        return digits(100 * share).stripTrailingZeros().toPlainString() + " %";
    }

    /** Returns how many times, with two significant digits: 2.1, 14, 230. */
    private static String factor(double value) {
        BigDecimal rounded = digits(value);
        return rounded.setScale(
                        Math.max(0, 2 - rounded.precision() + rounded.scale()),
                        RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private static BigDecimal digits(double value) {
        return new BigDecimal(value).round(new MathContext(2));
    }

    private static String count(long rows) {
        return String.format(Locale.ROOT, "%,d", rows);
    }

    /** Returns a number of rows with two significant digits. */
    private static String roughly(double rows) {
        return count(digits(rows).longValue());
    }
}
