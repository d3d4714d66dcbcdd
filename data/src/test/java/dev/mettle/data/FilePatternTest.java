package dev.mettle.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which files a pattern matches. */
class FilePatternTest {
    private static final List<String> FILES =
            List.of(
                    "day-1.csv",
                    "day-10.csv",
                    "day-2.csv",
                    "Day-3.csv",
                    "day-ä.csv",
                    ".day-9.csv",
                    "2024-01/a.csv",
                    "2024-02/a.csv",
                    "2024-02/b.npz",
                    "2024-02/deep/c.csv",
                    ".hidden/d.csv",
                    "x[1].csv");

    @TempDir Path folder;

    @BeforeEach
    void write() throws IOException {
        for (String name : FILES) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), "x\n1\n");
        }
        Files.createDirectories(folder.resolve("day-folder.csv"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "day-*.csv           | day-1.csv day-10.csv day-2.csv day-ä.csv",
                "day-?.csv           | day-1.csv day-2.csv day-ä.csv",
                "[dD]ay-[1-3].csv    | Day-3.csv day-1.csv day-2.csv",
                "day-[!1-2].csv      | day-ä.csv",
                "*ay-*               | Day-3.csv day-1.csv day-10.csv day-2.csv day-ä.csv",
                "2024-0?/*.csv       | 2024-01/a.csv 2024-02/a.csv",
                "2024-0?/*           | 2024-01/a.csv 2024-02/a.csv 2024-02/b.npz",
                "*/a.csv             | 2024-01/a.csv 2024-02/a.csv",
                "**/*.csv            | 2024-01/a.csv 2024-02/a.csv 2024-02/deep/c.csv Day-3.csv"
                        + " day-1.csv day-10.csv day-2.csv day-ä.csv x[1].csv",
                "**/deep/*           | 2024-02/deep/c.csv",
                "2024-01/../day-1?.* | day-10.csv",
                ".d*                 | .day-9.csv",
                "x[[]1].csv          | x[1].csv",
                "**                  | Day-3.csv day-1.csv day-10.csv day-2.csv day-ä.csv x[1].csv"
            })
    void filesMatchInTheOrderOfTheirNames(String pattern, String expected) {
        assertThat(
                        FilePattern.files(pattern, folder).stream()
                                .map(path -> folder.relativize(path).toString()))
                .containsExactly(expected.split(" "));
        assertThat(FilePattern.files(folder + "/" + pattern, Path.of("elsewhere")))
                .isEqualTo(FilePattern.files(pattern, folder));
    }

    @Test
    void linksInCirclesEnd() throws IOException {
        Files.createSymbolicLink(folder.resolve("2024-02/loop"), folder);
        assertThat(FilePattern.files("**/c.csv", folder)).hasSize(1);
        assertThat(FilePattern.files("2024-02/*/day-1.csv", folder)).hasSize(1);
    }

    @Test
    void nothingThatMatchesIsSaidWithWhatIsThere() {
        assertThatThrownBy(() -> FilePattern.files("day_*.csv", folder))
                .hasMessageContainingAll(
                        "no file matches 'day_*.csv' in " + folder,
                        "which holds 2024-01, 2024-02, Day-3.csv, day-1.csv");
        assertThatThrownBy(() -> FilePattern.files("no/day_*.csv", folder))
                .hasMessageContaining("there is no folder " + folder.resolve("no"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*            | abc  | true",
                "a*c          | abc  | true",
                "a*c          | ac   | true",
                "a*c          | abcd | false",
                "*a*b*        | xxayyb | true",
                "[]a]         | ]    | true",
                "[a-          | [a-  | true",
                "[!]a]        | b    | true",
                "[a-c-]       | -    | true",
                "?            | 😀   | true",
                "??           | 😀   | false"
            })
    void wildcardsOfANameMeanWhatTheyDoInAShell(String pattern, String name, boolean matches) {
        assertThat(NamePattern.matches(pattern, name)).isEqualTo(matches);
    }

    @Test
    void manyStarsTakeNoTimeToSpeakOf() {
        assertThat(NamePattern.matches("*a".repeat(100) + "b", "a".repeat(250))).isFalse();
    }
}
