package dev.mettle.core.statistics;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads back what {@link Criterion#label} wrote. */
public final class CriterionLabel {
    private static final Pattern FORM = Pattern.compile("([a-z_]+)(?:\\(([^()]+)\\))?");

    private CriterionLabel() {}

    /** Returns the criterion of that label; empty for one that this version does not know. */
    public static Optional<Criterion> parse(String label) {
        Matcher matcher = FORM.matcher(label);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return known(
                    matcher.group(1),
                    matcher.group(2) == null ? Double.NaN : Double.parseDouble(matcher.group(2)));
        } catch (
                IllegalArgumentException
                        e) { // not a number, or one that the criterion does not take
            return Optional.empty();
        }
    }

    private static Optional<Criterion> known(String name, double argument) {
        return switch (name) {
            case "mean" -> Optional.of(new Criterion.Mean());
            case "median" -> Optional.of(new Criterion.Median());
            case "max" -> Optional.of(new Criterion.Max());
            case "iqr" -> Optional.of(new Criterion.Iqr());
            case "std" -> Optional.of(new Criterion.Std());
            case "cv" -> Optional.of(new Criterion.Cv());
            case "quantile" -> Optional.of(new Criterion.Quantile(argument));
            case "cvar" -> Optional.of(new Criterion.Cvar(argument));
            case "mean_plus_std" -> Optional.of(new Criterion.MeanPlusStd(argument));
            default -> Optional.empty();
        };
    }
}
