package dev.mettle.data;

import dev.mettle.core.data.Categories;
import dev.mettle.core.study.CategorySettings;
import dev.mettle.core.study.DataException;
import dev.mettle.core.study.MissingValues;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What must hold of the codes of a categorical column: whole numbers from 0, below the number of
 * codes where the study says it. Codes that no row has are allowed.
 */
final class CategoryCodes {
    private static final String KEY = "categories";

    private CategoryCodes() {}

    /**
     * Checks columns.
     *
     * @param arrays one number per row each, in the order of the settings
     * @param where what messages call an array
     * @param missing whether a missing value gets a code of its own, the last one
     * @param faults collects what is wrong with each column
     * @return empty when any is wrong
     */
    static Optional<Categories> of(
            List<CategorySettings> settings,
            List<? extends DataArray> arrays,
            Function<String, Location> where,
            MissingValues missing,
            Faults faults) {
        if (settings.isEmpty()) {
            return Optional.of(Categories.NONE);
        }
        List<Categories.Column> columns = new ArrayList<>();
        List<double[]> values = new ArrayList<>();
        for (int c = 0; c < settings.size(); c++) {
            CategorySettings one = settings.get(c);
            DataArray array = arrays.get(c);
            Optional<double[]> codes =
                    faults.collect(() -> {
                        double[] read =
                                checked(codes(array), one, where.apply(one.name()), missing);
                        return withMissing(read, one);
                    });
            codes.ifPresent(present -> {
                columns.add(new Categories.Column(one.name(), count(present, one)));
                values.add(present);
            });
        }
        return columns.size() == settings.size()
                ? Optional.of(new Categories(columns, rowByRow(values)))
                : Optional.empty();
    }

    /** Returns the numbers, or the codes of the texts. */
    private static double[] codes(DataArray array) {
        return array.texts().map(Texts::toDoubles).orElseGet(array::toDoubles);
    }

    /** Gives the rows without a value a code of their own, behind all others. */
    private static double[] withMissing(double[] codes, CategorySettings settings) {
        double last = Arrays.stream(codes).filter(code -> !Double.isNaN(code)).max().orElse(-1);
        double own = Math.max(last + 1, settings.count().orElse(0));
        return Arrays.stream(codes).map(code -> Double.isNaN(code) ? own : code).toArray();
    }

    private static int count(double[] codes, CategorySettings settings) {
        int seen = 1 + (int) Arrays.stream(codes).max().orElse(0);
        return Math.max(seen, settings.count().orElse(0)); // one more where values are missing
    }

    private static int[] rowByRow(List<double[]> columns) {
        int rows = columns.getFirst().length;
        int count = columns.size();
        if ((long) rows * count > Integer.MAX_VALUE - 8) {
            throw new DataException(
                    KEY, "%d categorical columns of %d rows are too many.".formatted(count, rows));
        }
        int[] codes = new int[rows * count];
        for (int c = 0; c < count; c++) {
            for (int row = 0; row < rows; row++) {
                codes[row * count + c] = (int) columns.get(c)[row];
            }
        }
        return codes;
    }

    private static double[] checked(
            double[] codes, CategorySettings settings, Location where, MissingValues missing) {
        boolean impute = missing == MissingValues.IMPUTE;
        if (!impute) {
            Checks.present(KEY, where, codes);
        }
        requireWhole(codes, impute ? where.allowingMissing() : where);
        for (int row = 0; row < codes.length; row++) {
            if (settings.count().isPresent() && codes[row] >= settings.count().getAsInt()) {
                throw new DataException(
                        KEY,
                        ("%s: code %.0f is too large; the study says that there are %d"
                                        + " codes, 0 to %d.")
                                .formatted(
                                        where.row(row),
                                        codes[row],
                                        settings.count().getAsInt(),
                                        settings.count().getAsInt() - 1));
            }
            if (codes[row] >= CategorySettings.MOST) {
                throw new DataException(
                        KEY,
                        ("%s: code %.0f is too large; codes number the categories from 0"
                                        + " and are below %d. Renumber them: numpy.unique(codes,"
                                        + " return_inverse=True)[1].")
                                .formatted(where.row(row), codes[row], CategorySettings.MOST));
            }
        }
        return codes;
    }

    private static void requireWhole(double[] codes, Location where) {
        int bad = 0;
        int first = -1;
        for (int row = 0; row < codes.length; row++) {
            if (!(codes[row] >= 0 && codes[row] == Math.rint(codes[row]))
                            && !(where.mayMiss() && Double.isNaN(codes[row]))
                    || Double.isInfinite(codes[row])) {
                first = bad == 0 ? row : first;
                bad++;
            }
        }
        if (bad > 0) {
            throw new DataException(
                    KEY,
                    ("%s: %s is not the code of a category; codes are the whole numbers 0, 1, ..."
                         + " %d of %d values are not.%s Number the categories: numpy.unique(values,"
                         + " return_inverse=True)[1], or name the array under 'features'.")
                            .formatted(
                                    where.row(first),
                                    codes[first],
                                    bad,
                                    codes.length,
                                    where.note()));
        }
    }
}
