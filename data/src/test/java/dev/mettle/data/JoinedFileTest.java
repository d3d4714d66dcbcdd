package dev.mettle.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Partition;
import dev.mettle.core.study.DataException;
import dev.mettle.core.study.LeakPolicy;
import dev.mettle.core.study.MissingValues;
import dev.mettle.core.study.SplitSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Several files that are read as one. */
class JoinedFileTest {
    private static final SplitSettings RANDOM = new SplitSettings.Random(5, 5);

    @TempDir Path folder;

    private LoadedData load(String file, SplitSettings split) {
        return DataLoader.load(Splits.settings(file, split), folder, List.of());
    }

    private static String rows(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(row -> "%d,%s,%d\n".formatted(row, row / 3.0, row * row))
                .collect(Collectors.joining());
    }

    private void csv(String name, int from, int to) throws IOException {
        Files.writeString(folder.resolve(name), "x,y,z\n" + rows(from, to));
    }

    private void npz(String name, int from, int to) {
        String shape = "(%d,)".formatted(to - from);
        IntStream rows = IntStream.range(from, to);
        double[] x = rows.asDoubleStream().toArray();
        new Npz()
                .doubles("z", shape, Arrays.stream(x).map(v -> v * v).toArray())
                .doubles(
                        "y",
                        "(%d, 1)".formatted(to - from),
                        Arrays.stream(x).map(v -> v / 3).toArray())
                .doubles("x", shape, x)
                .writeTo(folder.resolve(name));
    }

    private void refused(String file, SplitSettings split, String key, String... parts) {
        assertThatThrownBy(() -> load(file, split))
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.key()).isEqualTo(key))
                .hasMessageContainingAll(parts);
    }

    @Test
    void filesOfSeveralFormatsAreTheSameRowsAsOneFile() throws IOException {
        csv("one.csv", 0, 60);
        npz("part-1.npz", 0, 17);
        csv("part-2.csv", 17, 18);
        csv("part-3.tsv.csv", 18, 60);
        Dataset one = load("one.csv", RANDOM).dataset();
        LoadedData joined = load("part-*", RANDOM);
        assertThat(joined.dataset().inputs()).containsExactly(one.inputs());
        assertThat(joined.dataset().targets()).containsExactly(one.targets());
        assertThat(joined.partition().orElseThrow().test())
                .containsExactly(load("one.csv", RANDOM).partition().orElseThrow().test());
        assertThat(joined.dataset().checksum()).isNotEqualTo(one.checksum());
    }

    @Test
    void aFileWhoseNameLooksLikeAPatternIsTakenAsItself() throws IOException {
        csv("t[1].csv", 0, 20);
        csv("t1.csv", 0, 30);
        assertThat(load("t[1].csv", RANDOM).dataset().rows()).isEqualTo(20);
        assertThat(load("t[1-1].csv", RANDOM).dataset().rows()).isEqualTo(30);
    }

    @Test
    void aMistakeIsNamedByItsOwnFileAndLine() throws IOException {
        csv("a1.csv", 0, 20);
        Files.writeString(folder.resolve("a2.csv"), "z,x,y\n1,2,3\n1,2,oops\n");
        refused("a*.csv", RANDOM, "input", "a2.csv, line 3, column 'y': 'oops' is not a number");
        Files.writeString(folder.resolve("a2.csv"), "z,x,y\n1,2,3\n1,2,\n");
        refused("a*.csv", RANDOM, "input", "a2.csv, line 3, column 'y': the value is missing");
        Files.writeString(folder.resolve("a2.csv"), "z,x,w\n1,2,3\n");
        refused("a*.csv", RANDOM, "input", "a2.csv has no column 'y'");
        Files.writeString(folder.resolve("a2.csv"), "u,v,w\n1,2,3\n");
        refused("a*.csv", RANDOM, "file", "no array in common", "a1.csv has x, y, z");
    }

    @Test
    void rowsOfDifferentShapesAreRefused() throws IOException {
        csv("a1.csv", 0, 20);
        new Npz()
                .doubles("x", "(2, 2)", 1, 2, 3, 4)
                .doubles("y", "(2,)", 1, 2)
                .doubles("z", "(2,)", 1, 2)
                .writeTo(folder.resolve("a2.npz"));
        refused("a*", RANDOM, "input", "a2.npz: array 'x' has the shape (2, 2), but in ");
    }

    @Test
    void textsAreNumberedTogether() throws IOException {
        Files.writeString(folder.resolve("a1.csv"), "x,y,z,who\n1,2,3,b\n2,3,4,d\n3,4,5,b\n");
        Files.writeString(folder.resolve("a2.csv"), "x,y,z,who\n4,5,6,c\n5,6,7,a\n6,7,8,b\n");
        LoadedData loaded = load("a?.csv", new SplitSettings.Groups("who", Splits.counts(1, 1)));
        var groups = loaded.dataset().groups().orElseThrow();
        assertThat(IntStream.range(0, 6).map(groups::of)).containsExactly(1, 3, 1, 2, 0, 1);
        Files.writeString(folder.resolve("a2.csv"), "x,y,z,who\n4,5,6,1\n5,6,7,2\n6,7,8,3\n");
        refused(
                "a?.csv",
                new SplitSettings.Groups("who", Splits.counts(1, 1)),
                "split",
                "holds numbers in",
                "a2.csv, but texts in");
    }

    @Test
    void heldOutRowsMayBeFilesOfTheirOwn() throws IOException {
        csv("train.csv", 0, 30);
        npz("val-1.npz", 30, 34);
        csv("val-2.csv", 34, 36);
        npz("test.npz", 36, 41);
        Partition parts =
                load("train.csv", new SplitSettings.Files("val-*", "test.npz"))
                        .partition()
                        .orElseThrow();
        assertThat(parts.pool()).containsExactly(IntStream.range(0, 30).toArray());
        assertThat(Arrays.stream(parts.validation()).sorted().toArray())
                .containsExactly(IntStream.range(30, 36).toArray());
        assertThat(Arrays.stream(parts.test()).sorted().toArray())
                .containsExactly(IntStream.range(36, 41).toArray());
        refused(
                "train.csv",
                new SplitSettings.Files("val-*", "tset.npz"),
                "split",
                "tset.npz does not exist");
        refused(
                "t*",
                new SplitSettings.Files("val-*", "test.npz"),
                "split",
                "test.npz is named for two of pool, validation and test");
    }

    @Test
    void rowsThatAreLeftOutKeepTheOthersInTheirPart() throws IOException {
        Files.writeString(folder.resolve("a.csv"), "x,y,z\n1,2,3\n,3,4\n3,4,5\n4,4,5\n");
        Files.writeString(folder.resolve("v.csv"), "x,y,z\n,2,3\n12,3,4\n");
        Files.writeString(folder.resolve("t.csv"), "x,y,z\n21,2,3\n22,3,4\n");
        Partition parts =
                DataLoader.load(
                                Splits.settings(
                                        "a.csv",
                                        new SplitSettings.Files("v.csv", "t.csv"),
                                        LeakPolicy.REPORT,
                                        MissingValues.DROP),
                                folder,
                                List.of())
                        .partition()
                        .orElseThrow();
        assertThat(parts.pool()).containsExactly(0, 1, 2);
        assertThat(parts.validation()).containsExactly(3);
        assertThat(parts.test()).containsExactlyInAnyOrder(4, 5);
    }

    @Test
    void moreFilesThanMayBeOpenAtOnceAreReadOneByOne() {
        int files = JoinedPart.MOST_OPEN + 20;
        for (int i = 0; i < files; i++) {
            npz("p%04d.npz".formatted(i), 2 * i, 2 * i + 2);
        }
        Dataset joined = load("p*.npz", RANDOM).dataset();
        assertThat(joined.rows()).isEqualTo(2 * files);
        assertThat(joined.inputs()[2 * (2 * files - 1)]).isEqualTo(2 * files - 1);
    }

    @Test
    void foldersOfImagesAreNotJoined() throws IOException {
        csv("a1.csv", 0, 20);
        Files.createDirectories(folder.resolve("a2/cat"));
        assertThat(load("a*", RANDOM).dataset().rows()).isEqualTo(20);
    }
}
