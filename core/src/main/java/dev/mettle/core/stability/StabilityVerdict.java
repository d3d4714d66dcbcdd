package dev.mettle.core.stability;

import dev.mettle.core.statistics.Criterion;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the answers come to, in words.
 *
 * @param enough the least number of instances asked about from which on the pick is nearly always
 *     as good as the best: within {@link Criterion#TOLERANCE} of it in at least {@link
 *     #NEARLY_ALWAYS} of the repeats, at it and at all larger numbers; empty if none is
 * @param sentence the verdict
 * @param caution what the full table cannot know of itself; empty where it has too few instances to
 *     be split
 */
public record StabilityVerdict(OptionalInt enough, String sentence, String caution) {
    /** Share of repeats from which on a pick counts as nearly always good. */
    public static final double NEARLY_ALWAYS = 0.95;

    private static final int DIGITS = 3;

    /** Words the answers. */
    public static StabilityVerdict of(Stability stability) {
        OptionalInt enough = enough(stability.counts());
        return new StabilityVerdict(enough, sentence(stability, enough), caution(stability));
    }

    private static double within(Stability.AtCount at) {
        return at.exhaustive().within(Criterion.TOLERANCE).value();
    }

    private static OptionalInt enough(List<Stability.AtCount> counts) {
        OptionalInt enough = OptionalInt.empty();
        for (Stability.AtCount at : counts.reversed()) {
            if (within(at) < NEARLY_ALWAYS) {
                break;
            }
            enough = OptionalInt.of(at.instances());
        }
        return enough;
    }

    private static String sentence(Stability stability, OptionalInt enough) {
        Stability.AtCount last = stability.counts().getLast();
        if (enough.isEmpty()) {
            return "%s per candidate %s the choice: by as many, another repetition picks a candidate within %s of the full table's best in only %s of cases, the best itself in %s."
                    .formatted(
                            instances(last.instances()),
                            last.instances() == 1 ? "does not settle" : "do not settle",
                            percent(Criterion.TOLERANCE),
                            percent(within(last)),
                            percent(last.exhaustive().best().value()));
        }
        int count = enough.getAsInt();
        Stability.AtCount at =
                stability.counts().stream()
                        .filter(one -> one.instances() == count)
                        .findFirst()
                        .orElse(last);
        return "%s per candidate %s enough: the pick by them is within %s of the best of all %d in %s of the repeats, and the best itself in %s.%s"
                .formatted(
                        instances(count),
                        count == 1 ? "is" : "are",
                        percent(Criterion.TOLERANCE),
                        stability.instances(),
                        percent(within(at)),
                        percent(at.exhaustive().best().value()),
                        below(stability, at));
    }

    private static String below(Stability stability, Stability.AtCount at) {
        int place = stability.counts().indexOf(at);
        if (place == 0) {
            return "";
        }
        Stability.AtCount fewer = stability.counts().get(place - 1);
        return " %s are not: %s."
                .formatted(Integer.toString(fewer.instances()), percent(within(fewer)));
    }

    private static String caution(Stability stability) {
        return stability.counts().stream()
                .filter(at -> at.fresh().isPresent())
                .reduce((_, last) -> last)
                .map(at -> caution(at, at.fresh().orElseThrow()))
                .orElse("");
    }

    private static String caution(Stability.AtCount judged, FreshJudgement fresh) {
        String agreement =
                "two studies of %s per candidate that share none pick the same one in %s of the splits"
                        .formatted(
                                instances(judged.instances()), percent(fresh.agreement().value()));
        String cost =
                fresh.atLeast().isPresent() && fresh.atMost().isPresent()
                        ? ", and a pick is %s than the best there is"
                                .formatted(
                                        worse(
                                                roughly(fresh.atLeast().getAsDouble()),
                                                roughly(fresh.atMost().getAsDouble())))
                        : ", and %s of the picks have a failed training among those they were not chosen by"
                                .formatted(percent(fresh.failed().value()));
        return "The best of the full table is best partly by luck. Judged without it: "
                + agreement
                + cost
                + ".";
    }

    private static String worse(String least, String most) {
        return least.equals(most)
                ? "about %s worse".formatted(most)
                : "between %s and %s worse".formatted(least, most);
    }

    private static String instances(int count) {
        return count == 1 ? "1 instance" : count + " instances";
    }

    private static String percent(double share) {
        return percent(share, DIGITS);
    }

    /** Below 0 by chance alone. */
    private static String roughly(double regret) {
        return percent(Math.max(0, regret), 2);
    }

    private static String percent(double share, int digits) {
        BigDecimal percent = new BigDecimal(100 * share).round(new MathContext(digits));
        return percent.stripTrailingZeros().toPlainString() + " %";
    }
}
