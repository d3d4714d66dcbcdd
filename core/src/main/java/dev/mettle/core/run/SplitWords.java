package dev.mettle.core.run;

import dev.mettle.core.data.Partition;
import dev.mettle.core.data.RowGroups;
import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.study.SplitSettings;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How rows were held out, in words for people. */
public final class SplitWords {
    private SplitWords() {}

    /**
     * Returns what a certificate is conditional on; empty for rows at random of which none leaked.
     *
     * @param groups of the rows, where they stay together
     * @param leaked rows of the pool that are equal to a held-out row
     */
    public static Optional<String> of(
            SplitSettings split, Partition partition, Optional<RowGroups> groups, int leaked) {
        String words =
                Stream.of(drawn(split, partition, groups), leaks(partition, leaked))
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining(" "));
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }

    private static Optional<String> leaks(Partition partition, int leaked) {
        String found =
                "Leaks: %,d of the pool's %,d rows are equal to held-out ones, so losses may"
                        + " look better than they are.";
        return leaked == 0
                ? Optional.empty()
                : Optional.of(String.format(Locale.ROOT, found, leaked, partition.pool().length));
    }

    private static Optional<String> drawn(
            SplitSettings split, Partition partition, Optional<RowGroups> groups) {
        return switch (split) {
            case SplitSettings.Random _ -> Optional.empty();
            case SplitSettings.Groups _ -> groups.map(those -> groups(those, partition.test()));
            case SplitSettings.Time(String by, _) ->
                    Optional.of(
                            "The split: the test rows are the latest by %s. Trainings know nothing of their time, and the noise of the test set compares stretches of it."
                                    .formatted(by));
            case SplitSettings.Files(_, String test) -> given("the file " + test);
            case SplitSettings.Masks(_, String test) -> given("the mask " + test);
            case SplitSettings.Column(String part) -> given("the column " + part);
        };
    }

    private static Optional<String> given(String what) {
        return Optional.of(
                "The split: the test rows are those of %s, not drawn at random.".formatted(what));
    }

    private static String groups(RowGroups groups, int[] test) {
        int count = groups.count(test);
        return String.format(
                Locale.ROOT,
                "The split: rows of one %s stay together, in samples too. The test set has %,d of"
                        + " them%s",
                groups.column(),
                count,
                count < Evaluation.BLOCKS
                        ? ", too few to judge its noise by them: that above counts rows, and is a"
                                + " lower bound."
                        : "; its noise counts them, not rows.");
    }
}
