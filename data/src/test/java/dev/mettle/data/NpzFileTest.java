package dev.mettle.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mettle.core.study.DataException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Fixtures and expected values: reference/data/npz_fixtures.py. */
class NpzFileTest {
    static Stream<String> everyArrayThatNumPyWrote() throws IOException {
        return Files.readAllLines(Npz.fixture("npz/expected.txt")).stream();
    }

    @ParameterizedTest
    @MethodSource("everyArrayThatNumPyWrote")
    void readsWhatNumPyWroteToTheBit(String line) {
        List<String> words = List.of(line.split(" "));
        double[] expected = words.stream().skip(3).mapToDouble(Double::parseDouble).toArray();
        try (NpzFile file = NpzFile.open(Npz.fixture("npz/" + words.get(0)))) {
            NpyArray array = file.array("input", words.get(1));
            String shape = words.get(2);
            assertThat(array.shape())
                    .isEqualTo(
                            shape.equals("scalar")
                                    ? List.of()
                                    : Arrays.stream(shape.split("x")).map(Long::valueOf).toList());
            assertThat(array.count()).isEqualTo(expected.length);
            // Double.equals inside: -0.0 differs from 0.0
            assertThat(array.toDoubles()).containsExactly(expected);
            float[] floats = new float[expected.length];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = (float) expected[i];
            }
            assertThat(array.toFloats()).containsExactly(floats);
        }
    }

    @Test
    void theFixturesCoverEveryTypeByteOrderAndLayout() throws IOException {
        List<String> names =
                everyArrayThatNumPyWrote()
                        .filter(line -> line.startsWith("types.npz"))
                        .map(line -> line.split(" ")[1])
                        .toList();
        assertThat(names).hasSize(NumberType.values().length * 4).doesNotHaveDuplicates();
    }

    @Test
    void convertsArraysLargerThanTheBuffer(@TempDir Path folder) {
        double[] values = new double[30_000];
        Arrays.setAll(values, i -> i * 0.5 - 7);
        Path path = new Npz().doubles("a", "(30000,)", values).writeTo(folder.resolve("big.npz"));
        try (NpzFile file = NpzFile.open(path)) {
            assertThat(file.array("input", "a").toDoubles()).containsExactly(values);
        }
    }

    @Test
    void listsArraysInTheOrderOfTheFile() {
        try (NpzFile file = NpzFile.open(Npz.fixture("npz/stored.npz"))) {
            assertThat(file.names()).containsExactly("cells", "energy");
            assertThat(file.listing()).isEqualTo("cells (3, 2, 2) int16, energy (3,) float32");
        }
    }

    @Test
    void aMissingArrayIsAnsweredWithThoseThereAreAndTheNearestName() {
        try (NpzFile file = NpzFile.open(Npz.fixture("npz/stored.npz"))) {
            assertThatThrownBy(() -> file.array("target", "Enrgy"))
                    .isInstanceOfSatisfying(
                            DataException.class, e -> assertThat(e.key()).isEqualTo("target"))
                    .hasMessageContaining("no array 'Enrgy'")
                    .hasMessageContaining("cells (3, 2, 2) int16, energy (3,) float32")
                    .hasMessageEndingWith("Did you mean 'energy'?");
            assertThatThrownBy(() -> file.array("target", "theta"))
                    .message()
                    .doesNotContain("Did you mean");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "objects, Python objects",
        "records, array of records",
        "void, array of records",
        "text, array of text",
        "bytes, array of text",
        "complex, the type '<c8'",
        "longdouble, the type '<f16'",
        "dates, the type '<M8[s]'"
    })
    void whatIsNoPlainNumberIsRefusedWithARemedy(String name, String words) {
        try (NpzFile file = NpzFile.open(Npz.fixture("npz/refused.npz"))) {
            assertThatThrownBy(() -> file.array("input", name))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("array '" + name + "'")
                    .hasMessageContaining(words)
                    .hasMessageMatching("(?s).*(Write|Try).*");
        }
    }
}
