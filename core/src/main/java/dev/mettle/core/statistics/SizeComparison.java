package dev.mettle.core.statistics;

import dev.mettle.core.data.Series;

import java.util.ArrayList;
import java.util.List;

/**
 * From which training-sample size on each of several candidates is robust, and how many times more
 * rows one needs than the first (docs/math/sample-size.md).
 *
 * <p>Three answers, the surest last: the point where the curve of cv crosses the limit ({@link
 * CvCurve}); a 95 % interval of it by a bootstrap that draws instances, the same ones for all sizes
 * and candidates, since these share seeds ({@link SizeBootstrap}); and the range that fixed
 * sequences prove ({@link MinimalSize}).
 */
public final class SizeComparison {
    /** A ratio's range rests on four statements: two sizes, each from above and from below. */
    private static final int STATEMENTS = 4;

    private final List<Needed> candidates;
    private final List<Ratio> ratios;

    /**
     * The training samples a candidate needs.
     *
     * @param minimal what its fixed sequences prove
     * @param point where the curve of cv crosses the limit, in rows
     * @param interval with 95 % confidence
     * @param curve cv on that curve at each size; +infinity up to the last size with a failure
     */
    public record Needed(MinimalSize minimal, Bracket point, Bracket interval, Series curve) {}

    /**
     * How many times as many rows a candidate needs as the first one.
     *
     * @param point by where the curves cross the limit
     * @param interval with 95 % confidence, by bootstrap
     * @param proven by fixed sequences of level alpha/4 each, so that it is wrong with probability
     *     alpha at most (Bonferroni)
     */
    public record Ratio(Bracket point, Bracket interval, Bracket proven) {}

    private SizeComparison(List<Needed> candidates, List<Ratio> ratios) {
        this.candidates = List.copyOf(candidates);
        this.ratios = List.copyOf(ratios);
    }

    /**
     * Compares.
     *
     * @param candidates at least one; of each the sizes, at least one and increasing
     * @param paired whether the i-th losses of all sizes and candidates are of instances with the
     *     same seeds; there are then as many at each
     * @param limits what is asked of a robust candidate
     * @param alpha probability with which each sequence may be wrong, in (0, 0.5)
     */
    public static SizeComparison of(
            List<List<SizedLosses>> candidates,
            boolean paired,
            Robustness.Limits limits,
            double alpha) {
        candidates.forEach(MinimalSize::requireIncreasing);
        SizeBootstrap bootstrap = SizeBootstrap.of(candidates, paired, limits.cv());
        List<Needed> needed = new ArrayList<>();
        List<Ratio> ratios = new ArrayList<>();
        for (int c = 0; c < candidates.size(); c++) {
            List<SizedLosses> sizes = candidates.get(c);
            needed.add(
                    new Needed(
                            MinimalSize.of(sizes, limits, alpha),
                            CvCurve.crossing(rows(sizes), cvs(sizes), counts(sizes), limits.cv()),
                            bootstrap.size(c),
                            curve(sizes)));
            if (c > 0) {
                Bracket first = needed.getFirst().point();
                ratios.add(
                        new Ratio(
                                needed.get(c).point().over(first),
                                bootstrap.ratio(c),
                                proven(sizes, limits, alpha)
                                        .over(proven(candidates.getFirst(), limits, alpha))));
            }
        }
        return new SizeComparison(needed, ratios);
    }

    private static Bracket proven(List<SizedLosses> sizes, Robustness.Limits limits, double alpha) {
        return MinimalSize.of(sizes, limits, alpha / STATEMENTS).proven();
    }

    private static double[] rows(List<SizedLosses> sizes) {
        return sizes.stream().mapToDouble(SizedLosses::rows).toArray();
    }

    private static double[] cvs(List<SizedLosses> sizes) {
        return sizes.stream().mapToDouble(size -> size.sorted().cv()).toArray();
    }

    private static double[] counts(List<SizedLosses> sizes) {
        return sizes.stream().mapToDouble(size -> size.losses().size()).toArray();
    }

    private static Series curve(List<SizedLosses> sizes) {
        double[] curve = CvCurve.fit(cvs(sizes), counts(sizes));
        for (int k = 0; k < curve.length; k++) {
            curve[k] = StrictMath.exp(curve[k]);
        }
        return Series.of(curve);
    }

    /** Returns what each candidate needs, in the order given. */
    public List<Needed> candidates() {
        return candidates;
    }

    /** Returns the ratio of every candidate but the first to the first. */
    public List<Ratio> ratios() {
        return ratios;
    }
}
