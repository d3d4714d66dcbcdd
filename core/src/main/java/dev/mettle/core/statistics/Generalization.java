package dev.mettle.core.statistics;

import dev.mettle.core.data.Series;
import dev.mettle.core.statistics.RankCorrelation.Point;
import dev.mettle.core.statistics.Robustness.Verdict;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/**
 * Whether what is robust on one data set (here) is robust on another (there): candidates that a
 * race selected, and some that were drawn at random from all others, each trained equally often on
 * both. Candidates that were selected are no random ones, so the two kinds are judged apart; what
 * is said about all candidates of the race weights the drawn ones.
 *
 * @param cases selected first, each kind in its order
 * @param dropped number of candidates that were not selected, from which some were drawn
 */
public record Generalization(List<Case> cases, int dropped) {
    /** A share above it means more often than not. */
    private static final double HALF = 0.5;

    /**
     * A candidate trained on both.
     *
     * @param candidate its id
     * @param selected whether the race selected it; else it was drawn at random
     * @param here its losses here, in the order of the instances; +infinity for a failed one
     * @param there its losses there
     * @param robustHere judged on the losses here
     * @param robustThere judged on the losses there
     */
    public record Case(
            String candidate,
            boolean selected,
            Series here,
            Series there,
            Robustness robustHere,
            Robustness robustThere) {
        /** Judges both lists of losses. */
        public static Case of(String candidate, boolean selected, Series here, Series there) {
            return new Case(
                    candidate,
                    selected,
                    here,
                    there,
                    Robustness.of(losses(here)),
                    Robustness.of(losses(there)));
        }

        /** Returns the losses here. */
        public Losses lossesHere() {
            return losses(here);
        }

        /** Returns the losses there. */
        public Losses lossesThere() {
            return losses(there);
        }

        private boolean isRobustHere() {
            return robustHere.verdict() == Verdict.YES;
        }

        private boolean isRobustThere() {
            return robustThere.verdict() == Verdict.YES;
        }
    }

    /** The answer for the selected candidates. */
    public enum Answer {
        /** More than half of those robust here are robust there, with 95 % confidence. */
        CARRIES_OVER,
        /** More than half of those robust here are not robust there, with 95 % confidence. */
        DOES_NOT_CARRY_OVER,
        /** The interval of the share holds a half, or too many are undecided. */
        OPEN,
        /** No selected candidate is robust here. */
        NOTHING_ROBUST_HERE;

        /** Returns the word that files use, such as carries_over. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How well the order of candidates here foretells the order there, by one criterion. Empty
     * where there is no order to compare, such as when all failed.
     *
     * @param dropped over all candidates that were not selected, from those drawn
     * @param all over all candidates of the race: the drawn ones stand for all dropped; over the
     *     selected ones where none was drawn
     * @param repeated over all candidates, half of the instances here against the other half: what
     *     could be reached at about twice the noise, were there no other data
     */
    public record Agreement(
            Optional<RankCorrelation> dropped,
            Optional<RankCorrelation> all,
            Optional<RankCorrelation> repeated) {}

    public Generalization {
        cases = List.copyOf(cases);
    }

    private static Losses losses(Series series) {
        return Losses.of(series.toArray());
    }

    /** Returns the candidates of one kind. */
    public List<Case> of(boolean selected) {
        return cases.stream().filter(one -> one.selected() == selected).toList();
    }

    /** Returns how many candidates of a kind have these verdicts. */
    public int count(boolean selected, Verdict here, Verdict there) {
        return (int)
                of(selected).stream()
                        .filter(one ->
                                one.robustHere().verdict() == here
                                        && one.robustThere().verdict() == there)
                        .count();
    }

    /** Returns the share of those robust here that are robust there; empty when none is. */
    public Optional<Proportion> carried(boolean selected) {
        List<Case> robust = of(selected).stream().filter(Case::isRobustHere).toList();
        return share((int) robust.stream().filter(Case::isRobustThere).count(), robust.size());
    }

    private Optional<Proportion> lost() {
        List<Case> robust = of(true).stream().filter(Case::isRobustHere).toList();
        return share(
                (int)
                        robust.stream()
                                .filter(one -> one.robustThere().verdict() == Verdict.NO)
                                .count(),
                robust.size());
    }

    /**
     * Returns the share of a kind that is robust there, whatever it is here; empty when none is.
     */
    public Optional<Proportion> robustThere(boolean selected) {
        List<Case> kind = of(selected);
        return share((int) kind.stream().filter(Case::isRobustThere).count(), kind.size());
    }

    private static Optional<Proportion> share(int successes, int count) {
        return count == 0 ? Optional.empty() : Optional.of(new Proportion(successes, count));
    }

    /**
     * Returns by how much the share robust there is larger among the selected than among the drawn
     * ones; empty unless there are both.
     */
    public Optional<Proportion.Difference> selectedLessDropped() {
        Optional<Proportion> other = robustThere(false);
        return robustThere(true).flatMap(share -> other.map(share::minus));
    }

    /** Returns those that are robust here and not robust there, selected first. */
    public List<Case> failing() {
        return cases.stream()
                .filter(one -> one.isRobustHere() && one.robustThere().verdict() == Verdict.NO)
                .toList();
    }

    /** Returns how the orders by a criterion agree. */
    public Agreement agreement(Criterion criterion) {
        return new Agreement(
                RankCorrelation.of(
                        points(
                                of(false),
                                one -> criterion.of(one.lossesHere()),
                                one -> criterion.of(one.lossesThere()))),
                overAll(
                        one -> criterion.of(one.lossesHere()),
                        one -> criterion.of(one.lossesThere())),
                halves(criterion));
    }

    private Optional<RankCorrelation> halves(Criterion criterion) {
        boolean enough = cases.stream().allMatch(one -> one.here().size() >= 4);
        return enough
                ? overAll(
                        one -> criterion.of(half(one.here(), 0)),
                        one -> criterion.of(half(one.here(), 1)))
                : Optional.empty();
    }

    /** Returns every second loss, from the first or the second one on. */
    private static Losses half(Series losses, int from) {
        double[] half = new double[(losses.size() - from + 1) / 2];
        Arrays.setAll(half, i -> losses.get(2 * i + from));
        return Losses.of(half);
    }

    private Optional<RankCorrelation> overAll(
            ToDoubleFunction<Case> here, ToDoubleFunction<Case> there) {
        List<Point> drawn = points(of(false), here, there);
        return RankCorrelation.of(
                points(of(true), here, there), drawn, drawn.isEmpty() ? 0 : dropped);
    }

    private static List<Point> points(
            List<Case> cases, ToDoubleFunction<Case> here, ToDoubleFunction<Case> there) {
        return cases.stream()
                .map(one -> new Point(here.applyAsDouble(one), there.applyAsDouble(one)))
                .toList();
    }

    /** Returns the answer for the selected candidates. */
    public Answer answer() {
        Optional<Proportion> carried = carried(true);
        if (carried.isEmpty()) {
            return Answer.NOTHING_ROBUST_HERE;
        }
        if (carried.get().low() > HALF) {
            return Answer.CARRIES_OVER;
        }
        return lost().orElseThrow().low() > HALF ? Answer.DOES_NOT_CARRY_OVER : Answer.OPEN;
    }

    /**
     * Returns the verdict in one sentence.
     *
     * @param here name of the data set here
     * @param there name of the other
     * @param percent writes a share as a percentage
     */
    public String sentence(String here, String there, DoubleFunction<String> percent) {
        String answer =
                switch (answer()) {
                    case CARRIES_OVER -> "Robustness carries over from %s to %s: ";
                    case DOES_NOT_CARRY_OVER -> "Robustness does not carry over from %s to %s: ";
                    case OPEN -> "Whether robustness carries over from %s to %s is open: ";
                    case NOTHING_ROBUST_HERE ->
                            "There is no robustness to carry over from %s to %s: ";
                };
        return answer.formatted(here, there)
                + ofSelected(percent)
                + (of(false).isEmpty() ? "" : "; " + ofDropped(percent))
                + ".";
    }

    private String ofSelected(DoubleFunction<String> percent) {
        int all = of(true).size();
        return carried(true)
                .map(share ->
                        "of the %d selected candidates that are robust here %s"
                                .formatted(share.count(), robustThere(share, percent)))
                .orElse(
                        all == 1
                                ? "the selected candidate is not robust here"
                                : "none of the %d selected candidates is robust here"
                                        .formatted(all));
    }

    private String ofDropped(DoubleFunction<String> percent) {
        return carried(false)
                .map(share ->
                        "of the %d dropped ones that are, from %d drawn at random, %s"
                                .formatted(
                                        share.count(),
                                        of(false).size(),
                                        robustThere(share, percent)))
                .orElse(
                        "of %d dropped ones drawn at random none is robust here"
                                .formatted(of(false).size()));
    }

    private static String robustThere(Proportion share, DoubleFunction<String> percent) {
        return "%s robust there (%s, 95 %% interval %s to %s)"
                .formatted(
                        share.successes() == share.count()
                                ? share.count() == 1 ? "that one is" : "all are"
                                : share.successes() == 0
                                        ? "none is"
                                        : share.successes()
                                                + (share.successes() == 1 ? " is" : " are"),
                        percent.apply(share.value()),
                        percent.apply(share.low()),
                        percent.apply(share.high()));
    }
}
