package dev.mettle.cli;

import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.StudyDefaults;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The training-sample sizes that {@code sample-size} tries. */
final class SampleSizes {
    private static final int FEWEST_ROWS = 2;

    /** Of the default: each size is about twice the one before. */
    private static final int DEFAULT_COUNT = 7;

    /** Smaller ones by default only where the pool holds no more. */
    private static final int SMALLEST_DEFAULT = 20;

    /** The batch counts for the smallest default up to this share of the largest. */
    private static final int MOST_BATCHES = 8;

    private static final MathContext EXACT_ENOUGH = new MathContext(12);
    private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.HALF_UP);
    private static final MathContext TWO_DIGITS_DOWN = new MathContext(2, RoundingMode.DOWN);

    private SampleSizes() {}

    /**
     * Returns the sizes that the user asks for, or the default: seven, each about twice the one
     * before, up to half of the pool.
     *
     * @param text what the user wrote, such as {@code 300,600,1200}; null for the default
     * @param candidates that are to be trained
     * @return increasing
     * @throws UserException when the text is no list of sizes, or one does not fit the pool
     */
    static List<Integer> of(@Nullable String text, OpenStudy open, List<Candidate> candidates) {
        int pool = open.partition().pool().length;
        int largest = (int) (StudyDefaults.LARGEST_SAMPLE * pool);
        if (text == null) {
            int batch =
                    candidates.stream()
                            .mapToInt(candidate -> candidate.recipe().batch())
                            .max()
                            .orElseThrow();
            return defaults(largest, batch);
        }
        List<Integer> sizes = parse(text);
        if (sizes.getLast() > largest) {
            throw wrong(
                    text,
                    format(
                            "%,d is more than half of the pool's %,d rows, so samples would be"
                                    + " nearly the same and the spread too small; at most %,d.",
                            sizes.getLast(), pool, largest));
        }
        return sizes;
    }

    /**
     * Returns the default sizes.
     *
     * @param largest greatest that is allowed, at least 2
     * @param batch rows of a mini-batch
     */
    static List<Integer> defaults(int largest, int batch) {
        int top = rounded(largest, TWO_DIGITS_DOWN);
        double bottom =
                Math.min(
                        top,
                        Math.max(
                                top / StrictMath.pow(2, DEFAULT_COUNT - 1),
                                Math.max(
                                        SMALLEST_DEFAULT,
                                        Math.min(batch, (double) top / MOST_BATCHES))));
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < DEFAULT_COUNT; i++) {
            double part = (double) i / (DEFAULT_COUNT - 1);
            sizes.add(rounded(bottom * StrictMath.pow(top / bottom, part), TWO_DIGITS));
        }
        return sizes.stream().distinct().toList();
    }

    private static int rounded(double rows, MathContext digits) {
        return new BigDecimal(rows)
                .round(EXACT_ENOUGH) // 2249.9999999999995 is 2250
                .round(digits)
                .setScale(0, RoundingMode.HALF_UP)
                .intValue();
    }

    /** Returns the sizes in a text, which must increase. */
    static List<Integer> parse(String text) {
        List<Integer> sizes =
                Arrays.stream(text.split(",", -1)).map(part -> size(text, part.strip())).toList();
        if (sizes.stream().distinct().count() < sizes.size()) {
            int twice =
                    sizes.stream()
                            .filter(size -> sizes.indexOf(size) != sizes.lastIndexOf(size))
                            .findFirst()
                            .orElseThrow();
            throw wrong(text, format("%d is there twice. Take one out.", twice));
        }
        List<Integer> sorted = sizes.stream().sorted().toList();
        if (!sorted.equals(sizes)) {
            throw wrong(text, "sizes must increase: --sizes " + list(sorted));
        }
        return sizes;
    }

    private static int size(String text, String part) {
        if (!part.matches("[0-9]{1,9}")) {
            throw wrong(
                    text,
                    "'%s' is not a number of rows. Write whole numbers separated by commas, such as 300,600,1200."
                            .formatted(part));
        }
        int size = Integer.parseInt(part);
        if (size < FEWEST_ROWS) {
            throw wrong(
                    text,
                    "%d is too few: a sample has at least %d rows. (Commas separate sizes: 1200, not 1,200.)"
                            .formatted(size, FEWEST_ROWS));
        }
        return size;
    }

    private static UserException wrong(String text, String why) {
        return new UserException("--sizes %s: %s".formatted(text, why));
    }

    /** Returns the sizes as the option takes them. */
    static String list(List<Integer> sizes) {
        return sizes.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
