package dev.mettle.calorimeter;

/** Median by selection (Hoare 1961): linear time, for the million border cells of a data set. */
final class Median {
    private Median() {}

    /**
     * Returns the middle value, or the mean of the two middle ones of an even count. Reorders the
     * values.
     *
     * @param values at least one, no NaN
     */
    static double of(float[] values) {
        int middle = values.length / 2;
        select(values, middle);
        if (values.length % 2 == 1) {
            return values[middle];
        }
        float below = values[0];
        for (int i = 1; i < middle; i++) {
            below = Math.max(below, values[i]);
        }
        return ((double) below + values[middle]) / 2;
    }

    /** Puts the value of rank k at position k, none larger before it, none smaller after it. */
    private static void select(float[] values, int k) {
        int low = 0;
        int high = values.length - 1;
        while (low < high) {
            float pivot = middleOfThree(values[low], values[low + (high - low) / 2], values[high]);
            int i = low;
            int j = high;
            while (i <= j) { // equal values stop both scans, so ties split evenly
                while (values[i] < pivot) {
                    i++;
                }
                while (values[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    float kept = values[i];
                    values[i++] = values[j];
                    values[j--] = kept;
                }
            }
            if (k <= j) {
                high = j;
            } else if (k >= i) {
                low = i;
            } else {
                return;
            }
        }
    }

    private static float middleOfThree(float a, float b, float c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
