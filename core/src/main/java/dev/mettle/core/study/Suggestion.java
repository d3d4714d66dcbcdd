package dev.mettle.core.study;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Guesses which allowed word a wrong one was meant to be. */
final class Suggestion {
    private static final int LONGEST_WORD = 60;

    /** Names that other tools use for what a study file calls by another name. */
    private static final Map<String, String> ELSEWHERE =
            Map.ofEntries(
                    Map.entry("learning_rate", "lr"),
                    Map.entry("batch_size", "batch"),
                    Map.entry("num_epochs", "epochs"),
                    Map.entry("max_epochs", "epochs"),
                    Map.entry("name", "study"),
                    Map.entry("random_state", "seed"),
                    Map.entry("layers", "network"),
                    Map.entry("search_space", "space"),
                    Map.entry("linear", "dense"),
                    Map.entry("fc", "dense"),
                    Map.entry("fully_connected", "dense"),
                    Map.entry("out_channels", "channels"),
                    Map.entry("filters", "channels"),
                    Map.entry("kernel_size", "kernel"),
                    Map.entry("pool", "maxpool"),
                    Map.entry("neurons", "units"),
                    Map.entry("out_features", "units"),
                    Map.entry("pool_size", "size"),
                    Map.entry("swish", "silu"),
                    Map.entry("epsilon", "eps"),
                    Map.entry("rho", "alpha"),
                    Map.entry("he_uniform", "kaiming_uniform"),
                    Map.entry("he_normal", "kaiming_normal"),
                    Map.entry("glorot_uniform", "xavier_uniform"),
                    Map.entry("glorot_normal", "xavier_normal"),
                    Map.entry("trunc_normal", "truncated_normal"),
                    Map.entry("default", "pytorch"),
                    Map.entry("gamma", "factor"),
                    Map.entry("step_size", "every"),
                    Map.entry("eta_min", "min"),
                    Map.entry("min_lr", "min"),
                    Map.entry("start_factor", "start"),
                    Map.entry("total_iters", "epochs"),
                    Map.entry("plateau", "reduce_on_plateau"),
                    Map.entry("max_norm", "norm"),
                    Map.entry("clip_value", "value"),
                    Map.entry("gradient_clip_val", "clip"),
                    Map.entry("clipnorm", "clip"),
                    Map.entry("lr_scheduler", "schedule"),
                    Map.entry("early_stopping", "restore_best"),
                    Map.entry("average", "mean"),
                    Map.entry("avg", "mean"),
                    Map.entry("label", "target"),
                    Map.entry("embedding_dim", "dim"),
                    Map.entry("augmentation", "augment"),
                    Map.entry("categorical", "categories"));

    private Suggestion() {}

    /**
     * Returns the allowed word that is most likely meant: the same but for case or hyphens, another
     * tool's name for it, a beginning or a longer form of it, or the nearest by spelling; of equals
     * the first.
     */
    static Optional<String> of(String word, Collection<String> allowed) {
        String plain = plain(word);
        for (String candidate : allowed) {
            if (plain(candidate).equals(plain)) {
                return Optional.of(candidate);
            }
        }
        String known = ELSEWHERE.get(plain);
        if (known != null && allowed.contains(known)) {
            return Optional.of(known);
        }
        return nearest(plain, allowed).or(() -> related(plain, allowed));
    }

    /** Returns {@code ; did you mean "word"?}, or a full stop when there is no guess. */
    static String ending(String word, Collection<String> allowed) {
        return of(word, allowed).map("; did you mean \"%s\"?"::formatted).orElse(".");
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace('-', '_').strip();
    }

    private static Optional<String> nearest(String plain, Collection<String> allowed) {
        if (plain.length() > LONGEST_WORD) {
            return Optional.empty();
        }
        int limit = Math.max(1, plain.length() / 3);
        Optional<String> best = Optional.empty();
        int smallest = limit + 1;
        for (String candidate : allowed) {
            int distance = distance(plain, plain(candidate));
            if (distance < smallest && distance < candidate.length()) {
                smallest = distance;
                best = Optional.of(candidate);
            }
        }
        return best;
    }

    private static Optional<String> related(String plain, Collection<String> allowed) {
        return allowed.stream()
                .filter(candidate ->
                        plain.length() >= 3 && plain(candidate).startsWith(plain)
                                || candidate.length() >= 3 && plain.startsWith(plain(candidate)))
                .findFirst();
    }

    /**
     * Returns insertions, deletions, replacements and swaps of neighbours between two words
     * (optimal alignment).
     */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
