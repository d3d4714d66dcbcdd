package dev.mettle.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.study.CsvSettings;
import dev.mettle.core.study.TextEncoding;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;

/** A table that several threads read is the table that one reads, or is left to one. */
class CsvPiecesTest {
    @TempDir private Path folder;

    private CsvTable table(Path file, int threads) {
        CsvText text = CsvText.of(file, Optional.empty());
        CsvLayout layout = CsvLayout.of(file, text.start(CsvLayout.HEAD), CsvSettings.FOUND);
        return CsvTable.read(
                file,
                text,
                layout,
                new MissingTexts(CsvSettings.DEFAULT_MISSING),
                _ -> true,
                1 << 30,
                new CsvPieces(file, text, threads, 0));
    }

    private static boolean isCut(Path file, int threads) {
        CsvText text = CsvText.of(file, Optional.<TextEncoding>empty());
        CsvLayout layout = CsvLayout.of(file, text.start(CsvLayout.HEAD), CsvSettings.FOUND);
        return new CsvPieces(file, text, threads, 0)
                .read(isFirst ->
                        new CsvScan(file, layout, isFirst) {
                            @Override
                            void field(int column, char[] field, int offset, int length) {}

                            @Override
                            void endRow(int ended, long startingLine) {}
                        })
                .isPresent();
    }

    private static String random(long seed, int rows, String end) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("\"a\",b,\u00e9" + end);
        for (int row = 0; row < rows; row++) {
            String last = random.nextInt(40) == 0 && seed % 2 == 0 ? "text" : "";
            text.append(random.nextGaussian())
                    .append(',')
                    .append(random.nextInt(5) == 0 ? "" : random.nextInt(1000))
                    .append(", ")
                    .append(last.isEmpty() ? random.nextInt(10) : last)
                    .append(end);
            if (random.nextInt(20) == 0) {
                text.append(end); // an empty line is no row
            }
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void piecesGiveTheSameTable(long seed) throws IOException {
        int rows = seed < 3 ? 20_000 : 7;
        String text = random(seed, rows, seed % 3 == 0 ? "\r\n" : "\n");
        Path file = Files.writeString(folder.resolve("t.csv"), text);
        CsvTable whole = table(file, 1);
        assertThat(whole.rows()).isEqualTo(rows);
        for (int threads : new int[] {2, 3, 8}) {
            assertThat(isCut(file, threads)).isTrue();
            CsvTable cut = table(file, threads);
            assertThat(cut.rows()).isEqualTo(rows);
            for (int row = 0; row < rows; row++) {
                assertThat(cut.line(row)).isEqualTo(whole.line(row));
            }
            for (int c = 0; c < 3; c++) {
                requireSame(cut.column(c), whole.column(c));
            }
        }
    }

    private static void requireSame(ColumnValues cut, ColumnValues whole) {
        assertThat(cut.rows()).isEqualTo(whole.rows());
        assertThat(cut.textCount()).isEqualTo(whole.textCount());
        if (whole.textCount() > 0) {
            assertThat(cut.firstText()).isEqualTo(whole.firstText());
            assertThat(cut.firstTextRow()).isEqualTo(whole.firstTextRow());
            return;
        }
        double[] expected = new double[whole.rows()];
        double[] found = new double[whole.rows()];
        for (int row = 0; row < found.length; row++) {
            expected[row] = whole.get(row);
            found[row] = cut.get(row);
        }
        assertThat(found).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'a,b\n1,2\n\"3\",4\n5,6\n7,8\n', false", // quotes may hide line ends
        "'a,b\n1,2\r3,4\n5,6\n7,8\n', false", // a line end of its own
        "'\"a\nx\",b\n1,2\n5,6\n7,8\n9,10\n', false", // a head of two lines
        "'\"a\",b\n1,2\n3,4\n5,6\n7,8\n9,10\n', true",
        "'a,b\n1,2\n3,4,5\n5,6\n7,8\n9,10\n', false", // a mistake
    })
    void whatIsNotSimpleIsLeftToOneThread(String text, boolean isCut) throws IOException {
        Path file = Files.writeString(folder.resolve("t.csv"), text);
        assertThat(isCut(file, 2)).isEqualTo(isCut);
    }

    @Test
    void charactersOfSeveralBytesEachAreLeftToOneThread() throws IOException {
        byte[] bytes = "a,b\n1,2\n3,4\n5,6\n7,8\n".getBytes("UTF-16");
        assertThat(isCut(Files.write(folder.resolve("t.csv"), bytes), 2)).isFalse();
    }
}
