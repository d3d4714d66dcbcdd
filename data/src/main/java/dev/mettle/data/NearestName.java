package dev.mettle.data;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds what a user may have meant. */
final class NearestName {
    private NearestName() {}

    /**
     * Returns the name with the fewest edits from {@code wanted}: letters inserted, left out,
     * replaced, or swapped with their neighbour (optimal string alignment; case is ignored). The
     * first one among equals; empty when even that one differs in more than a third of its letters.
     */
    static Optional<String> of(String wanted, Collection<String> names) {
        String best = null;
        int fewest = Integer.MAX_VALUE;
        for (String name : names) {
            int edits = edits(wanted.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (edits < fewest
                    && edits <= Math.max(1, Math.max(wanted.length(), name.length()) / 3)) {
                fewest = edits;
                best = name;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Returns " Did you mean 'x'?", or nothing when no name is near. */
    static String question(String wanted, Collection<String> names) {
        return of(wanted, names).map(" Did you mean '%s'?"::formatted).orElse("");
    }

    private static int edits(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : lastEdit(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int lastEdit(int[][] edits, String a, String b, int i, int j) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int fewest =
                Math.min(
                        edits[i - 1][j - 1] + (same ? 0 : 1),
                        Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(fewest, edits[i - 2][j - 2] + 1) : fewest;
    }
}
