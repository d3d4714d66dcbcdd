package dev.mettle.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Fixtures of several formats, and what the programs that wrote them say is in them. */
final class Formats {
    private Formats() {}

    /** Opens a file or folder by its ending; what opens must be closed. */
    static ArraySource open(Path path) {
        String name = path.toString();
        if (name.endsWith(".npy")) {
            return NpyFile.open(path);
        }
        return Files.isDirectory(path) ? ImageFolder.open(path) : IdxFile.open(path);
    }

    /** Returns the lines "file array shape value value ..." of a list of expected arrays. */
    static Stream<String> lines(String file) throws IOException {
        return Files.readAllLines(Npz.fixture(file)).stream();
    }

    /** Compares an array with a line; -0.0 differs from 0.0, NaN equals NaN. */
    static void requireSame(DataArray array, List<String> words) {
        double[] expected = words.stream().skip(3).mapToDouble(Formats::number).toArray();
        String shape = words.get(2);
        assertThat(array.shape())
                .isEqualTo(
                        shape.equals("scalar")
                                ? List.of()
                                : Arrays.stream(shape.split("x")).map(Long::valueOf).toList());
        assertThat(array.count()).isEqualTo(expected.length);
        assertThat(array.toDoubles()).containsExactly(expected);
        float[] floats = new float[expected.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) expected[i];
        }
        assertThat(array.toFloats()).containsExactly(floats);
    }

    private static double number(String word) {
        return switch (word) {
            case "nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(word);
        };
    }
}
