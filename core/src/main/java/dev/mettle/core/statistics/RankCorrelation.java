package dev.mettle.core.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Kendall's τ_b between two numbers of candidates, with a 95 % interval: over pairs of candidates,
 *
 * <pre>
 * τ_b = Σ w sign(x_i - x_j) sign(y_i - y_j) / √(Σ w [x_i ≠ x_j] · Σ w [y_i ≠ y_j])
 * </pre>
 *
 * <p>Only the order counts: +infinity is worst, and equal values are ties. Candidates may be of two
 * kinds: all of one kind are <i>taken</i>, and some <i>drawn</i> at random from a population of the
 * other. A pair then has the reciprocal of its probability of being seen as its weight w, so that
 * the three sums are without bias those of all candidates (Horvitz and Thompson, JASA 47, 1952):
 * with m of D drawn, 1 for two taken ones, D/m for one of each, D(D - 1)/(m(m - 1)) for two drawn.
 *
 * <p>The interval is tanh(atanh τ ± h), where h is the larger of two half widths: of Student's t
 * with the jackknife's standard error, which holds for any dependence (Arvesen, Annals of
 * Mathematical Statistics 40, 1969; each kind by itself, with all candidates taken for draws from
 * infinitely many), and 1.96 √(0.437/(n - 4)), which holds for normal numbers (Fieller, Hartley and
 * Pearson, Biometrika 44, 1957) and stays wide where few candidates are all in the same order. n is
 * Kish's effective number of candidates, (Σ weights)² / Σ weights², and τ is kept 1 / (pairs of n)
 * away from ±1 in the middle of the interval. Measured coverage: docs/math/generalisation.md.
 *
 * @param tau τ_b, from -1 to 1
 * @param low lower limit; -1 where there are too few candidates for one
 * @param high upper limit; 1 where there are too few candidates for one
 * @param concordant weighted share of pairs in the same order by both numbers, among the pairs
 *     without a tie: the probability that the better of two candidates here is the better one there
 * @param candidates how many there are, taken and drawn
 */
public record RankCorrelation(
        double tau, double low, double high, double concordant, int candidates) {
    private static final double TAIL = (1 - LossSummary.CONFIDENCE) / 2;
    private static final double NORMAL_QUANTILE =
            NormalDistribution.of(0, 1).inverseSurvivalProbability(TAIL);

    /** Variance of atanh τ times n - 4. */
    private static final double FIELLER = 0.437;

    /** Fewer candidates, or fewer drawn ones where some are, give no interval. */
    private static final int FEWEST = 5;

    private static final int FEWEST_DRAWN = 3;

    /**
     * Two numbers of a candidate.
     *
     * @param x here; not NaN
     * @param y there; not NaN
     */
    public record Point(double x, double y) {
        public Point {
            if (Double.isNaN(x) || Double.isNaN(y)) {
                throw new IllegalArgumentException("(%s, %s) must not hold NaN.".formatted(x, y));
            }
        }
    }

    /**
     * Returns the correlation over the population that points were drawn from; empty when all are
     * equal in x or in y, so that there is no order.
     */
    public static Optional<RankCorrelation> of(List<Point> drawn) {
        return of(List.of(), drawn, drawn.size());
    }

    /**
     * Returns the correlation over all candidates of two kinds; empty when all are equal in x or in
     * y, or when one was drawn of several, which tells nothing about pairs of them.
     *
     * @param taken all candidates of the one kind
     * @param drawn at random, without replacement
     * @param population how many candidates of the other kind there are
     */
    public static Optional<RankCorrelation> of(
            List<Point> taken, List<Point> drawn, int population) {
        if (population < drawn.size()) {
            throw new IllegalArgumentException(
                    "%d are drawn of %d.".formatted(drawn.size(), population));
        }
        if (population > 1 && drawn.size() < 2) {
            return Optional.empty();
        }
        return new Pairs(taken, drawn, population).correlation();
    }

    /** Sums over pairs of one kind: of two taken ones, one of each, or two drawn. */
    private static final class Sums {
        private final long[] concordant = new long[3];
        private final long[] discordant = new long[3];
        private final long[] untiedX = new long[3];
        private final long[] untiedY = new long[3];

        void add(int kind, Point a, Point b, int sign) {
            int order = Double.compare(a.x, b.x) * Double.compare(a.y, b.y);
            concordant[kind] += order > 0 ? sign : 0;
            discordant[kind] += order < 0 ? sign : 0;
            untiedX[kind] += Double.compare(a.x, b.x) != 0 ? sign : 0;
            untiedY[kind] += Double.compare(a.y, b.y) != 0 ? sign : 0;
        }

        /** Returns τ_b; NaN without an order. */
        double tau(double[] weights) {
            double same = dot(weights, concordant) - dot(weights, discordant);
            return same / Math.sqrt(dot(weights, untiedX) * dot(weights, untiedY));
        }

        double concordantShare(double[] weights) {
            double same = dot(weights, concordant);
            return same / (same + dot(weights, discordant));
        }

        private static double dot(double[] weights, long[] sums) {
            return weights[0] * sums[0] + weights[1] * sums[1] + weights[2] * sums[2];
        }
    }

    private static final class Pairs {
        private final List<Point> all = new ArrayList<>();
        private final int taken;
        private final int drawn;
        private final int population;
        private final Sums sums = new Sums();

        Pairs(List<Point> taken, List<Point> drawn, int population) {
            this.taken = taken.size();
            this.drawn = drawn.size();
            this.population = population;
            all.addAll(taken);
            all.addAll(drawn);
            for (int i = 0; i < all.size(); i++) {
                for (int j = 0; j < i; j++) {
                    sums.add(kind(i, j), all.get(i), all.get(j), 1);
                }
            }
        }

        private int kind(int i, int j) {
            return (i < taken ? 0 : 1) + (j < taken ? 0 : 1);
        }

        /** Weights of pairs when so many of each kind are seen. */
        private double[] weights(int takenSeen, int drawnSeen) {
            double one = share(taken, takenSeen);
            double other = share(population, drawnSeen);
            return new double[] {
                one * share(taken - 1, takenSeen - 1),
                one * other,
                other * share(population - 1, drawnSeen - 1)
            };
        }

        private static double share(int of, int seen) {
            return seen > 0 ? (double) of / seen : 0;
        }

        Optional<RankCorrelation> correlation() {
            double[] weights = weights(taken, drawn);
            double tau = sums.tau(weights);
            if (Double.isNaN(tau)) {
                return Optional.empty();
            }
            double concordant = sums.concordantShare(weights);
            int count = all.size();
            if (count < FEWEST || population > 0 && drawn < FEWEST_DRAWN) {
                return Optional.of(new RankCorrelation(tau, -1, 1, concordant, count));
            }
            double n = effective();
            double most = 1 - 2 / (n * (n - 1));
            double centre = Math.clamp(tau, -most, most);
            double jackknife =
                    TDistribution.of(n - 1).inverseSurvivalProbability(TAIL)
                            * standardError()
                            / (1 - centre * centre);
            double normal = NORMAL_QUANTILE * Math.sqrt(FIELLER / Math.max(1, n - 4));
            double half = Math.max(jackknife, normal);
            return Optional.of(
                    new RankCorrelation(
                            tau,
                            Math.min(tau, StrictMath.tanh(atanh(centre) - half)),
                            Math.max(tau, StrictMath.tanh(atanh(centre) + half)),
                            concordant,
                            count));
        }

        private double effective() {
            double each = share(population, drawn);
            double sum = taken + each * drawn;
            return sum * sum / (taken + each * each * drawn);
        }

        /** Returns the jackknife's standard error: the kinds add up. */
        private double standardError() {
            return Math.sqrt(variance(0, taken) + variance(taken, all.size()));
        }

        private double variance(int from, int to) {
            int count = to - from;
            double[] left =
                    count < 2
                            ? new double[0]
                            : IntStream.range(from, to)
                                    .mapToDouble(this::tauWithout)
                                    .filter(tau -> !Double.isNaN(tau))
                                    .toArray();
            double sum = 0;
            for (double tau : left) {
                sum += tau;
            }
            double squares = 0;
            for (double tau : left) {
                squares += (tau - sum / left.length) * (tau - sum / left.length);
            }
            return left.length == 0 ? 0 : squares * (count - 1) / count;
        }

        /** Leaves one out for a moment: the others of its kind stand for it. */
        private double tauWithout(int i) {
            withEachOther(i, -1);
            double tau =
                    sums.tau(i < taken ? weights(taken - 1, drawn) : weights(taken, drawn - 1));
            withEachOther(i, 1);
            return tau;
        }

        private void withEachOther(int i, int sign) {
            for (int j = 0; j < all.size(); j++) {
                if (j != i) {
                    sums.add(kind(i, j), all.get(i), all.get(j), sign);
                }
            }
        }

        private static double atanh(double value) {
            return 0.5 * StrictMath.log1p(2 * value / (1 - value));
        }
    }
}
