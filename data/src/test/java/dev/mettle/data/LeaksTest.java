package dev.mettle.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mettle.core.data.Partition;
import dev.mettle.core.study.DataException;
import dev.mettle.core.study.LeakPolicy;
import dev.mettle.core.study.MissingValues;
import dev.mettle.core.study.SplitSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of the pool that are equal to held-out ones. */
class LeaksTest {
    private static final int ROWS = 300;

    @TempDir Path folder;

    private LoadedData load(LeakPolicy leaks) {
        return DataLoader.load(
                Splits.settings(
                        "t.csv", new SplitSettings.Column("part"), leaks, MissingValues.IMPUTE),
                folder,
                List.of());
    }

    /** Rows 0 to 199 are the pool, then validation and test; all differ. */
    private static String[] rows() {
        return IntStream.range(0, ROWS)
                .mapToObj(row ->
                        "%d,%d,%d,%d".formatted(row, row % 3, row, Math.max(0, row / 50 - 3)))
                .toArray(String[]::new);
    }

    private void write(String[] rows) throws IOException {
        Files.writeString(folder.resolve("t.csv"), "x,y,z,part\n" + String.join("\n", rows) + "\n");
    }

    @Test
    void noneAreFoundWhereThereAreNone() throws IOException {
        write(rows());
        for (LeakPolicy policy : LeakPolicy.values()) {
            assertThat(load(policy).facts().notes()).isEmpty();
        }
    }

    /** Rows 3 and 17 copy 210 with its target, 5 copies 260 with another, 9 copies row 8. */
    private void plant() throws IOException {
        String[] rows = rows();
        rows[3] = "210,0,210,0";
        rows[17] = "210,0,210,0";
        rows[5] = "260,2,1,0";
        rows[9] = "8,2,9,0";
        write(rows);
    }

    @Test
    void copiesAreCountedAndTheFirstPairIsNamed() throws IOException {
        plant();
        String note = load(LeakPolicy.REPORT).facts().notes().getFirst();
        assertThat(note)
                .startsWith(
                        "3 of the pool's 200 rows are equal to one of the held-out rows (2 of 100)"
                                + " in all that a network sees, 2 with the same target: ")
                .contains("t.csv, line 5 and ", "t.csv, line 212, for example.")
                .contains("{leaks: drop}", "split: {by: COLUMN}");
    }

    @Test
    void copiesAreTakenOutOfThePoolOnly() throws IOException {
        plant();
        LoadedData loaded = load(LeakPolicy.DROP);
        Partition parts = loaded.partition().orElseThrow();
        assertThat(parts.pool())
                .containsExactly(
                        IntStream.range(0, 200)
                                .filter(row -> row != 3 && row != 5 && row != 17)
                                .toArray());
        assertThat(parts.validation()).hasSize(50);
        assertThat(parts.test()).hasSize(50);
        assertThat(loaded.facts().parts().orElseThrow().pool()).isEqualTo(197);
        assertThat(loaded.facts().notes().getFirst()).contains("They are out of the pool");
    }

    @Test
    void copiesMayBeAMistake() throws IOException {
        plant();
        assertThatThrownBy(() -> load(LeakPolicy.ERROR))
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.key()).isEqualTo("leaks"))
                .hasMessageContaining("line 5 and");
    }

    @Test
    void missingValuesAreEqualAndZerosOfDifferentSignDiffer() throws IOException {
        String[] rows = rows();
        rows[0] = ",5,0,0";
        rows[299] = ",5,0,2";
        rows[1] = "-0.0,7,0,0";
        rows[298] = "0.0,7,0,2";
        write(rows);
        assertThat(load(LeakPolicy.DROP).partition().orElseThrow().pool())
                .hasSize(199)
                .doesNotContain(0);
    }

    /** Against every pair compared, on rows of few values. */
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 11, 40})
    void theSameCopiesAreFoundAsByComparingAllPairs(int values) throws IOException {
        String[] rows = rows();
        for (int row = 0; row < ROWS; row++) {
            int x = row * row * 7919 % (values * 3) / 3;
            rows[row] =
                    "%d,%d,%d,%d".formatted(x, row % values, row % 2, Math.max(0, row / 50 - 3));
        }
        write(rows);
        int[] clean =
                IntStream.range(0, 200)
                        .filter(row ->
                                IntStream.range(200, ROWS)
                                        .noneMatch(
                                                other -> seen(rows[row]).equals(seen(rows[other]))))
                        .toArray();
        if (clean.length < 2) {
            return;
        }
        assertThat(load(LeakPolicy.DROP).partition().orElseThrow().pool()).containsExactly(clean);
    }

    private static String seen(String row) {
        return String.join(",", Arrays.copyOf(row.split(","), 2));
    }
}
