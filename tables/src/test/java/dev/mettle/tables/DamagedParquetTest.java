package dev.mettle.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.mettle.core.study.DataException;
import dev.mettle.data.DataArray;
import dev.mettle.data.DataFile;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/** A damaged file is refused with a message or read in full; it neither hangs nor crashes. */
class DamagedParquetTest {
    private static final int ROUNDS = 60;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "types",
                "types_v2",
                "types_plain",
                "many_none",
                "many_snappy",
                "many_gzip",
                "many_zstd",
                "many_lz4",
                "many_index",
                "many_delta_binary_packed",
                "many_byte_stream_split",
                "many_delta_byte_array"
            })
    void damagedBytesGiveAMessageOrNumbers(String name, @TempDir Path folder) throws IOException {
        byte[] whole = Files.readAllBytes(Fixtures.of(name + ".parquet"));
        Random random = new Random(name.hashCode());
        for (int round = 0; round < ROUNDS; round++) {
            byte[] broken = whole.clone();
            boolean inFooter = round % 2 == 0;
            int footer = 600 + whole.length / 10;
            for (int change = 0; change < 1 + random.nextInt(4); change++) {
                int at =
                        inFooter
                                ? whole.length - 1 - random.nextInt(footer)
                                : random.nextInt(whole.length);
                broken[Math.max(at, 4)] = (byte) random.nextInt(256);
            }
            Path file = Files.write(folder.resolve(round + ".parquet"), broken);
            assertTimeoutPreemptively(Duration.ofMinutes(2), () -> readAll(file), "round " + round);
        }
    }

    private static void readAll(Path path) {
        try (DataFile file = ParquetFile.open(path)) {
            for (String name : file.names()) {
                try {
                    DataArray array = file.array("input", name);
                    if (array.texts().isEmpty()) {
                        assertThat(array.toDoubles()).hasSize((int) array.count());
                    }
                } catch (DataException e) {
                    assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
                }
            }
        } catch (DataException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
        }
    }
}
