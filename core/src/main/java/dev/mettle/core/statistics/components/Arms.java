package dev.mettle.core.statistics.components;

import dev.mettle.core.statistics.Losses;
import dev.mettle.core.statistics.SignificantDigits;

import java.util.Arrays;
import java.util.Optional;

/**
 * The two arms of Boldyrev, Ratnikov and Shevelev (arXiv 2505.17254): trainings with one sample and
 * fresh initial weights, and trainings with one initialisation and fresh samples. Under the model
 * of {@link VarianceComponents} the first has the variance of init plus interaction <em>at that
 * sample</em>, the second that of sample plus interaction <em>at that initialisation</em>; both
 * hold the interaction, and both depend on which level was fixed.
 *
 * <p>Spreads are compared on log-losses of the trainings that completed, or on the losses where one
 * of them is 0 or less.
 *
 * @param inits losses with one sample
 * @param samples losses with one initialisation
 * @param logarithmic whether log-losses are compared
 * @param comparison first group the inits, second the samples; empty with fewer than {@link
 *     SpreadComparison#LEAST} finite losses in an arm, or where all in an arm are equal
 */
public record Arms(
        Losses inits, Losses samples, boolean logarithmic, Optional<SpreadComparison> comparison) {
    private static final double LEVEL = 0.05;

    /** Compares two arms. */
    public static Arms of(Losses inits, Losses samples) {
        boolean logarithmic = inits.min() > 0 && samples.min() > 0;
        double[] first = values(inits, logarithmic);
        double[] second = values(samples, logarithmic);
        return new Arms(
                inits,
                samples,
                logarithmic,
                usable(first) && usable(second)
                        ? Optional.of(SpreadComparison.of(first, second))
                        : Optional.empty());
    }

    private static double[] values(Losses losses, boolean logarithmic) {
        double[] finite =
                Arrays.copyOf(losses.toArray(), losses.count() - losses.failures()); // sorted
        return logarithmic ? Arrays.stream(finite).map(StrictMath::log).toArray() : finite;
    }

    private static boolean usable(double[] values) {
        return values.length >= SpreadComparison.LEAST && values[0] < values[values.length - 1];
    }

    /** Returns what was found in one sentence. */
    public String verdict() {
        if (comparison.isEmpty()) {
            return "The two spreads cannot be compared: that needs %d completed trainings with different losses in each arm."
                    .formatted(SpreadComparison.LEAST);
        }
        SpreadComparison found = comparison.get();
        return """
        The variance of %s over fresh inits is %s times that over fresh samples (95 %%: %s to %s; \
        Brown-Forsythe test p = %s): %s.\
        """
                .formatted(
                        logarithmic ? "log-loss" : "loss",
                        digits(found.varianceRatio().value()),
                        digits(found.varianceRatio().low()),
                        digits(found.varianceRatio().high()),
                        digits(found.pValue()),
                        conclusion(found));
    }

    private static String digits(double value) {
        return SignificantDigits.of(value, 2);
    }

    /** Test and interval rest on different assumptions; a difference is one that both show. */
    private static String conclusion(SpreadComparison found) {
        boolean tested = found.pValue() < LEVEL;
        if (tested == found.varianceRatio().contains(1)) {
            return "test and interval disagree, so it is undecided which is larger";
        }
        if (!tested) {
            return "no difference is shown";
        }
        return found.varianceRatio().value() > 1
                ? "fresh initial weights spread the loss more"
                : "fresh samples spread the loss more";
    }
}
