package dev.mettle.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mettle.core.data.Partition;
import dev.mettle.core.data.RowGroups;
import dev.mettle.core.study.DataException;
import dev.mettle.core.study.LeakPolicy;
import dev.mettle.core.study.MissingValues;
import dev.mettle.core.study.SplitSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which rows are held out, where not random ones are. */
class RowSplitTest {
    private static final int ROWS = 500;

    @TempDir Path folder;

    /** Writes a table with x, y, z and one more column of that text in each row. */
    private void table(int rows, String column, IntFunction<String> value) throws IOException {
        StringBuilder text = new StringBuilder("x,y,z,%s\n".formatted(column));
        for (int row = 0; row < rows; row++) {
            text.append("%d,%d,%d,%s\n".formatted(row, row % 7, row, value.apply(row)));
        }
        Files.writeString(folder.resolve("t.csv"), text);
    }

    private LoadedData load(SplitSettings split) {
        return DataLoader.load(Splits.settings("t.csv", split), folder, List.of());
    }

    private LoadedData load(long seed, SplitSettings split) {
        return DataLoader.load(
                Splits.settings("t.csv", seed, split, LeakPolicy.REPORT, MissingValues.ERROR),
                folder,
                List.of());
    }

    private void refused(SplitSettings split, String... parts) {
        assertThatThrownBy(() -> load(split))
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.key()).isEqualTo("split"))
                .hasMessageContainingAll(parts);
    }

    private static Set<Integer> groups(int[] rows, RowGroups groups) {
        return Arrays.stream(rows).mapToObj(groups::of).collect(Collectors.toSet());
    }

    private static int[] all(Partition parts) {
        return Stream.of(parts.pool(), parts.validation(), parts.test())
                .flatMapToInt(Arrays::stream)
                .sorted()
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void noGroupIsInTwoParts(long seed) throws IOException {
        table(ROWS, "who", row -> "p" + row * row % 61);
        LoadedData loaded = load(seed, new SplitSettings.Groups("who", Splits.counts(60, 90)));
        Partition parts = loaded.partition().orElseThrow();
        RowGroups groups = loaded.dataset().groups().orElseThrow();
        Set<Integer> pool = groups(parts.pool(), groups);
        Set<Integer> validation = groups(parts.validation(), groups);
        Set<Integer> test = groups(parts.test(), groups);
        assertThat(pool).doesNotContainAnyElementsOf(validation).doesNotContainAnyElementsOf(test);
        assertThat(validation).doesNotContainAnyElementsOf(test);
        assertThat(parts.test().length).isBetween(90, 90 + 20);
        assertThat(parts.validation().length).isBetween(60, 60 + 20);
        assertThat(all(parts)).containsExactly(IntStream.range(0, ROWS).toArray());
        assertThat(parts.pool()).isSorted();
        assertThat(groups.count(parts.test())).isEqualTo(test.size());
    }

    @Test
    void numbersAndTextsOfGroupsGiveTheSameSplitInAnyOrderOfRows() throws IOException {
        SplitSettings split = new SplitSettings.Groups("who", Splits.counts(60, 90));
        table(ROWS, "who", row -> String.valueOf(10 + row % 61));
        Partition numbers = load(split).partition().orElseThrow();
        table(ROWS, "who", row -> "p" + (10 + row % 61));
        Partition texts = load(split).partition().orElseThrow();
        assertThat(texts.test()).containsExactly(numbers.test());
        assertThat(texts.validation()).containsExactly(numbers.validation());
        table(ROWS, "who", row -> "p" + (10 + (ROWS - 1 - row) % 61));
        int[] reversed =
                Arrays.stream(load(split).partition().orElseThrow().test())
                        .map(row -> ROWS - 1 - row)
                        .sorted()
                        .toArray();
        assertThat(reversed).containsExactly(Arrays.stream(texts.test()).sorted().toArray());
    }

    @Test
    void theSizeOfValidationChangesNoTestRow() throws IOException {
        table(ROWS, "who", row -> "p" + row % 61);
        Partition few =
                load(new SplitSettings.Groups("who", Splits.counts(1, 90))).partition().get();
        Partition many =
                load(new SplitSettings.Groups("who", Splits.counts(200, 90))).partition().get();
        assertThat(many.test()).containsExactly(few.test());
    }

    @Test
    void whatGroupsMakeOfTheSizesIsSaid() throws IOException {
        table(ROWS, "who", row -> "p" + row % 50);
        assertThat(load(new SplitSettings.Groups("who", Splits.counts(101, 205))).facts().notes())
                .containsExactly(
                        "data: {split: {by: who}}: 50 groups; test has 21 of them (210 rows),"
                                + " validation 11 (110 rows), the pool 18 (180 rows).",
                        "fewer than 20 groups of who are held out (validation 11, test 21): how"
                                + " much the loss depends on which ones can't be judged; the noise"
                                + " that is shown counts rows, and is a lower bound.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1   | the same value in all rows, p0: pool, validation and test need one value",
                "2   | has only two different values, p0 and p1",
                "4   | leave nothing to train on. There are 4 groups of 500 rows; the largest, p0"
            })
    void groupsThatAreTooFewAreRefused(int count, String message) throws IOException {
        table(ROWS, "who", row -> "p" + row % count);
        refused(new SplitSettings.Groups("who", Splits.counts(126, 126)), "'who'", message);
    }

    @Test
    void aGroupThatIsLargerThanAllOthersIsNamed() throws IOException {
        table(ROWS, "who", row -> row < 480 ? "big" : "p" + row);
        int refused = 0;
        for (long seed = 1; seed <= 40; seed++) {
            try {
                load(seed, new SplitSettings.Groups("who", Splits.counts(15, 15)));
            } catch (DataException e) {
                refused++;
                assertThat(e)
                        .hasMessageContaining("leave nothing to train on")
                        .hasMessageContaining("the largest, big, has 480");
            }
        }
        assertThat(refused).isBetween(5, 35); // by where the large group falls
    }

    @Test
    void aMissingGroupIsAMistakeOrItsRowIsLeftOut() throws IOException {
        table(ROWS, "who", row -> row == 7 ? "" : "p" + row % 61);
        SplitSettings split = new SplitSettings.Groups("who", Splits.counts(60, 90));
        refused(split, "t.csv, line 9, column 'who': the value is missing", "{missing: drop}");
        LoadedData loaded =
                DataLoader.load(
                        Splits.settings("t.csv", split, LeakPolicy.REPORT, MissingValues.DROP),
                        folder,
                        List.of());
        assertThat(all(loaded.partition().orElseThrow())).hasSize(ROWS - 1);
        RowGroups groups = loaded.dataset().groups().orElseThrow();
        assertThat(groups.of(7)).isEqualTo(groups.of(7 + 61)); // row 8 of the file
    }

    @Test
    void aColumnThatIsNotThereIsNamedWithTheNearest() throws IOException {
        table(9, "who", row -> "p" + row);
        refused(
                new SplitSettings.Groups("woh", Splits.counts(1, 1)),
                "has no column 'woh'",
                "Did you mean 'who'?");
    }

    @Test
    void theLatestRowsAreHeldOut() throws IOException {
        table(10, "t", row -> String.valueOf(row * 3 % 10));
        Partition parts =
                load(new SplitSettings.Time("t", Splits.counts(2, 3))).partition().orElseThrow();
        assertThat(parts.test()).containsExactly(9, 6, 3); // times 7, 8, 9
        assertThat(parts.validation()).containsExactly(5, 2); // 5, 6
        assertThat(parts.pool()).containsExactly(0, 1, 4, 7, 8);
    }

    @Test
    void rowsOfEqualTimeStayTogether() throws IOException {
        table(12, "t", row -> "2024-01-%02d".formatted(1 + row / 4));
        LoadedData loaded = load(new SplitSettings.Time("t", Splits.counts(1, 1)));
        Partition parts = loaded.partition().orElseThrow();
        assertThat(parts.test()).containsExactly(8, 9, 10, 11);
        assertThat(parts.validation()).containsExactly(4, 5, 6, 7);
        assertThat(loaded.facts().notes())
                .containsExactly(
                        "data: {split: {time: t}}: the pool is the 4 rows up to 2024-01-01,"
                                + " validation the 4 rows from 2024-01-02 to 2024-01-02, test the 4"
                                + " rows from 2024-01-03 on.");
        refused(
                new SplitSettings.Time("t", Splits.counts(5, 1)),
                "leave nothing to train on: there are 12 rows at 3 different times");
    }

    @Test
    void datesAndTimesAreOrderedAsTimesNotAsTexts() throws IOException {
        String[] times = {
            "2024-05-31", "2024-05-31T00:00:01", "2024-05-31 00:00:00.5", "2024-05-30 23:59"
        };
        table(4, "t", row -> times[row]);
        Partition parts =
                load(new SplitSettings.Time("t", Splits.counts(1, 1))).partition().orElseThrow();
        assertThat(parts.test()).containsExactly(1);
        assertThat(parts.validation()).containsExactly(2);
        assertThat(parts.pool()).containsExactly(0, 3);
        String[] zones = {
            "2024-05-31T10:00+02:00",
            "2024-05-31T09:00Z",
            "2024-05-31T10:30-01:00",
            "2024-01-01T00:00Z"
        };
        table(4, "t", row -> zones[row]);
        assertThat(load(new SplitSettings.Time("t", Splits.counts(1, 1))).partition().get().test())
                .containsExactly(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "yesterday           | t.csv, line 4, column 't': 'yesterday' is no date or time.",
                "2024-13-01          | '2024-13-01' is no date",
                "2024-02-30          | '2024-02-30' is no date",
                "31.05.2024          | '31.05.2024' is no date",
                "2024-05-31T10       | is no date or time",
                "2024-05-31T10:00Z   | has a time zone, but '2024-01-01' (",
            })
    void aTextThatIsNoTimeIsNamedWithItsLine(String text, String message) throws IOException {
        table(9, "t", row -> row == 2 ? text : "2024-01-%02d".formatted(1 + row));
        refused(new SplitSettings.Time("t", Splits.counts(1, 1)), message);
    }

    @Test
    void aColumnSaysThePartOfEachRow() throws IOException {
        String[] names = {"train", "Test", "val", "pool", "validation", "TRAIN"};
        table(60, "part", row -> names[row % 6]);
        Partition texts = load(new SplitSettings.Column("part")).partition().orElseThrow();
        assertThat(Arrays.stream(texts.test()).sorted().toArray())
                .containsExactly(1, 7, 13, 19, 25, 31, 37, 43, 49, 55);
        assertThat(texts.test()).isNotEqualTo(Arrays.stream(texts.test()).sorted().toArray());
        assertThat(texts.validation()).hasSize(20);
        int[] codes = {0, 2, 1, 0, 1, 0};
        table(60, "part", row -> String.valueOf(codes[row % 6]));
        Partition numbers = load(new SplitSettings.Column("part")).partition().orElseThrow();
        assertThat(numbers.test()).containsExactly(texts.test());
        assertThat(numbers.validation()).containsExactly(texts.validation());
        assertThat(numbers.pool()).containsExactly(texts.pool()).isSorted();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "train,tset,val  | t.csv, line 3, column 'part': 'tset' is not train (or pool)",
                "0,1,3           | t.csv, line 4, column 'part': '3.0' is not train",
                "train,val,val   | column 'part': no row is in test",
                "train,test,test | no row is in validation"
            })
    void aPartThatIsNoneIsRefused(String values, String message) throws IOException {
        String[] parts = values.split(",");
        table(9, "part", row -> parts[Math.min(row, 2)]);
        refused(new SplitSettings.Column("part"), message);
    }

    private void masks(String... rows) throws IOException {
        Files.writeString(folder.resolve("t.csv"), "x,y,z,v,t\n" + String.join("\n", rows) + "\n");
    }

    @Test
    void masksSayWhichRowsAreHeldOut() throws IOException {
        SplitSettings split = new SplitSettings.Masks("v", "t");
        masks("1,2,3,True,False", "2,3,4,False,True", "3,4,5,False,False", "9,4,6,False,False");
        Partition parts = load(split).partition().orElseThrow();
        assertThat(parts.validation()).containsExactly(0);
        assertThat(parts.test()).containsExactly(1);
        assertThat(parts.pool()).containsExactly(2, 3);
        masks("1,2,3,1,0", "2,3,4,1,1", "3,4,5,0,0");
        refused(split, "t.csv, line 3, column 't': the row is in the mask 'v' too");
        masks("1,2,3,1,0", "2,3,4,0.5,1", "3,4,5,0,0");
        refused(split, "t.csv, line 3, column 'v': '0.5' is not 0 or 1");
        masks("1,2,3,1,0", "2,3,4,0,0", "3,4,5,0,0");
        refused(split, "the mask 't' holds out no row.");
    }
}
