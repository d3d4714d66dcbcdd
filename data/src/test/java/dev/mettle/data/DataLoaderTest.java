package dev.mettle.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.study.DataException;
import dev.mettle.core.study.DataFacts;
import dev.mettle.core.study.DataSettings;
import dev.mettle.core.study.DerivedFeatures;
import dev.mettle.core.study.FeatureSettings;
import dev.mettle.core.study.InputLayout;
import dev.mettle.core.study.ScaleKind;
import dev.mettle.core.study.TargetSettings;

import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

class DataLoaderTest {
    private static final double NAN = Double.NaN;

    @TempDir Path folder;

    /** Derives the sum of a row, times the window. */
    private static final class RowSum implements DerivedFeatures {
        @Override
        public Set<String> names() {
            return Set.of("row_sum", "impossible");
        }

        @Override
        public float[] compute(FeatureSettings feature, float[] inputs, Shape shape) {
            if (feature.name().equals("impossible")) {
                throw new IllegalArgumentException("a window of 5 x 5 is too large");
            }
            float[] sums = new float[inputs.length / shape.size()];
            for (int i = 0; i < inputs.length; i++) {
                sums[i / shape.size()] += inputs[i] * feature.window();
            }
            return sums;
        }
    }

    private static Npz threeRows() {
        return new Npz()
                .doubles("cells", "(3, 2)", 1, 2, 3, 4, 5, 6)
                .doubles("energy", "(3,)", 10, 20, 40)
                .doubles("angle", "(3, 1)", 0.25, -0.5, 0);
    }

    private Dataset load(Npz npz, DataSettings settings) {
        npz.writeTo(folder.resolve("data.npz"));
        return DataLoader.load(settings, folder, List.of(new RowSum())).dataset();
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(
            String key, Npz npz, DataSettings settings) {
        return assertThatThrownBy(() -> load(npz, settings))
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.key()).isEqualTo(key));
    }

    @Test
    void aDataSetHasInputsFeaturesInTheOrderOfTheStudyAndTargets() {
        Dataset data = load(threeRows(), Studies.features("angle", "row_sum"));
        assertThat(data.rows()).isEqualTo(3);
        assertThat(data.inputShape()).isEqualTo(Shape.flat(2));
        assertThat(data.inputs()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(data.featureNames()).containsExactly("angle", "row_sum");
        assertThat(data.features()).containsExactly(0.25f, 15, -0.5f, 35, 0, 55);
        assertThat(data.targets()).containsExactly(10, 20, 40);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(12,)         | TABLE    | 1 | 1 | 1",
                "(3, 4)        | TABLE    | 4 | 1 | 1",
                "(2, 3, 2)     | IMAGE    | 1 | 3 | 2",
                "(3, 4)        | SEQUENCE | 1 | 1 | 4",
                "(2, 3, 2)     | SEQUENCE | 3 | 1 | 2"
            })
    void theStudyMaySayWhatTheAxesMean(
            String shape, InputLayout layout, int channels, int height, int width) {
        assertThat(load(rowsOf(shape), Studies.layout(layout)).inputShape())
                .isEqualTo(new Shape(channels, height, width));
        String checksum = load(rowsOf(shape), Studies.features()).checksum();
        assertThat(load(rowsOf(shape), Studies.layout(layout)).checksum().equals(checksum))
                .isEqualTo(layout != InputLayout.SEQUENCE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(2, 3, 2)    | TABLE    | table it must be (n) or (n,d)",
                "(3, 4)       | IMAGE    | image it must be (n,height,width) or (n,c,h,w)",
                "(12,)        | SEQUENCE | sequence it must be (n,length) or (n,channels,length)",
                "(2, 3, 1, 2) | SEQUENCE | sequence it must be (n,length) or (n,channels,length)"
            })
    void otherAxesThanTheStudySaysAreRefused(String shape, InputLayout layout, String expected) {
        refused("input", rowsOf(shape), Studies.layout(layout))
                .hasMessageContaining("with input_layout: " + expected);
    }

    private static Npz rowsOf(String shape) {
        int rows = Integer.parseInt(shape.substring(1, shape.indexOf(',')));
        double[] energy = new double[rows];
        energy[0] = 1;
        return new Npz()
                .doubles("cells", shape, new double[12])
                .doubles("energy", "(%d,)".formatted(rows), energy);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(12,)         | 1 | 1 | 1 | 12",
                "(3, 4)        | 4 | 1 | 1 | 3",
                "(2, 3, 2)     | 1 | 3 | 2 | 2",
                "(2, 3, 1, 2)  | 3 | 1 | 2 | 2"
            })
    void theShapeOfARowFollowsTheRankOfTheArray(
            String shape, int channels, int height, int width, int rows) {
        double[] energy = new double[rows];
        energy[0] = 1;
        Npz npz =
                new Npz()
                        .doubles("cells", shape, new double[12])
                        .doubles("energy", "(%d,)".formatted(rows), energy);
        npz.writeTo(folder.resolve("data.npz"));
        DataFacts facts = DataLoader.load(Studies.features(), folder, List.of()).facts();
        assertThat(facts.input()).isEqualTo(new Shape(channels, height, width));
        assertThat(facts.rows()).isEqualTo(rows);
        assertThat(facts.task()).isEqualTo(Task.regression("energy"));
    }

    @Test
    void shapesThatAreNoRowsAreRefused() {
        Npz scalar = new Npz().doubles("cells", "()", 1).doubles("energy", "(1,)", 1);
        refused("input", scalar, Studies.features()).hasMessageContaining("has the shape ()");
        Npz five = new Npz().doubles("cells", "(1, 1, 1, 1, 1)", 1).doubles("energy", "(1,)", 1);
        refused("input", five, Studies.features()).hasMessageContaining("(n,c,h,w)");
        Npz none = new Npz().doubles("cells", "(0, 2)").doubles("energy", "(0,)");
        refused("input", none, Studies.features()).hasMessageContaining("has no rows");
        Npz empty = new Npz().doubles("cells", "(2, 0)").doubles("energy", "(2,)", 1, 2);
        refused("input", empty, Studies.features()).hasMessageContaining("rows without values");
        Npz wide = threeRows().doubles("energy", "(3, 2)", 1, 2, 3, 4, 5, 6);
        refused("target", wide, Studies.features()).hasMessageContaining("one number per row");
        Npz wideFeature = threeRows().doubles("angle", "(3, 2)", 1, 2, 3, 4, 5, 6);
        refused("features", wideFeature, Studies.features("angle"))
                .hasMessageContaining("array 'angle'");
    }

    @Test
    void arraysOfDifferentLengthsAreRefused() {
        refused("target", threeRows().doubles("energy", "(2,)", 1, 2), Studies.features())
                .hasMessageContaining("array 'energy' has 2 rows, but the input 'cells' has 3");
        refused(
                        "features",
                        threeRows().doubles("angle", "(4,)", 1, 2, 3, 4),
                        Studies.features("angle"))
                .hasMessageContaining("array 'angle' has 4 rows, but the input 'cells' has 3");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e39})
    void aNumberThatIsNotFiniteIsFoundByRowAndPosition(double bad) {
        Npz npz =
                new Npz()
                        .doubles("cells", "(2, 2, 3)", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, bad, bad)
                        .doubles("energy", "(2,)", 1, 2);
        refused("input", npz, Studies.features())
                .hasMessageContaining("array 'cells', row 1, position [1, 1]")
                .hasMessageContaining("2 of 12 values");
        refused("target", threeRows().doubles("energy", "(3,)", 1, 2, bad), Studies.features())
                .hasMessageContaining("array 'energy', row 2:")
                .hasMessageContaining("1 of 3 values");
        refused(
                        "features",
                        threeRows().doubles("angle", "(3,)", bad, NAN, 1),
                        Studies.features("angle"))
                .hasMessageContaining("array 'angle', row 0:")
                .hasMessageContaining("2 of 3 values");
    }

    @Test
    void aDerivedFeatureThatOverflowsIsFound() {
        Npz npz = threeRows().doubles("cells", "(3, 1)", 1, 3e38, 2);
        refused("features", npz, Studies.features("row_sum"))
                .hasMessageContaining("derived feature 'row_sum', row 1: Infinity");
    }

    @Test
    void aLogarithmNeedsPositiveNumbers() {
        DataSettings logTarget = Studies.settings(ScaleKind.NONE, ScaleKind.LOG, 1, 1);
        refused("target", threeRows().doubles("energy", "(3,)", 1, 0, -2), logTarget)
                .hasMessageContaining("array 'energy', row 1: 0.0 has no logarithm")
                .hasMessageContaining("2 of 3 values are 0 or less");
        DataSettings logFeature =
                Studies.settings(
                        ScaleKind.NONE,
                        ScaleKind.LOG,
                        1,
                        1,
                        Studies.feature("angle", ScaleKind.LOG));
        refused("features", threeRows(), logFeature)
                .hasMessageContaining("array 'angle', row 1: -0.5 has no logarithm");
        assertThat(load(threeRows(), logTarget).rows()).isEqualTo(3);
        assertThat(
                        load(threeRows().doubles("energy", "(3,)", 1, 1e-300, 1e300), logTarget)
                                .targets())
                .containsExactly(1, 1e-300, 1e300);
    }

    @Test
    void aConstantTargetIsNothingToLearn() {
        refused("target", threeRows().doubles("energy", "(3,)", 5, 5, 5), Studies.features())
                .hasMessageContaining("each of the 3 values is 5.0");
    }

    @Test
    void theTargetIsNoInputAndNoFeature() {
        refused("features", threeRows(), Studies.features("energy"))
                .hasMessageContaining("is the target too");
        Npz same = new Npz().doubles("cells", "(3,)", 1, 2, 3);
        DataSettings settings =
                new DataSettings(
                        "data.npz",
                        1,
                        "cells",
                        ScaleKind.NONE,
                        TargetSettings.regression("cells", ScaleKind.NONE),
                        List.of(),
                        1,
                        1);
        refused("target", same, settings).hasMessageContaining("is the input too");
    }

    @Test
    void anUnknownFeatureIsAnsweredWithBothKinds() {
        refused("features", threeRows(), Studies.features("rowsum"))
                .hasMessageContaining(
                        "'rowsum' is neither a derived feature (impossible, row_sum) nor an array")
                .hasMessageContaining("angle (3, 1) float64")
                .hasMessageEndingWith("Did you mean 'row_sum'?");
        refused("features", threeRows(), Studies.features("angel"))
                .hasMessageEndingWith("Did you mean 'angle'?");
    }

    @Test
    void aFeatureThatTheShapeForbidsIsAnErrorOfTheStudy() {
        refused("features", threeRows(), Studies.features("impossible"))
                .hasMessageContaining("5 x 5 is too large");
    }

    @Test
    void missingArraysAreNamedByTheirKey() {
        Npz none = new Npz().doubles("cell", "(3,)", 1, 2, 3);
        refused("input", none, Studies.features()).hasMessageContaining("Did you mean 'cell'?");
        refused("target", new Npz().doubles("cells", "(3,)", 1, 2, 3), Studies.features())
                .hasMessageContaining("no array 'energy'");
    }

    @Test
    void aFileIsLookedUpFromTheStudyDirectory() {
        DataSettings absolute =
                new DataSettings(
                        folder.resolve("data.npz").toString(),
                        1,
                        "cells",
                        ScaleKind.NONE,
                        TargetSettings.regression("energy", ScaleKind.NONE),
                        List.of(),
                        1,
                        1);
        threeRows().writeTo(folder.resolve("data.npz"));
        assertThat(DataLoader.load(absolute, Path.of("elsewhere"), List.of()).dataset().rows())
                .isEqualTo(3);
        assertThatThrownBy(
                        () -> DataLoader.load(Studies.features(), folder.resolve("sub"), List.of()))
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.key()).isEqualTo("file"))
                .hasMessageContaining("does not exist");
        DataSettings noPath =
                new DataSettings(
                        "a\0b",
                        1,
                        "cells",
                        ScaleKind.NONE,
                        TargetSettings.regression("energy", ScaleKind.NONE),
                        List.of(),
                        1,
                        1);
        assertThatThrownBy(() -> DataLoader.load(noPath, folder, List.of()))
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.key()).isEqualTo("file"));
    }

    @Test
    void theChecksumCoversTheFileAndTheChoices() {
        String plain = load(threeRows(), Studies.features("row_sum")).checksum();
        assertThat(plain).matches("[0-9a-f]{64}");
        assertThat(load(threeRows(), Studies.features("row_sum")).checksum()).isEqualTo(plain);
        FeatureSettings narrow =
                new FeatureSettings("row_sum", 3, OptionalDouble.empty(), ScaleKind.STANDARD);
        FeatureSettings cut =
                new FeatureSettings("row_sum", 5, OptionalDouble.of(2), ScaleKind.STANDARD);
        assertThat(
                        List.of(
                                plain,
                                load(threeRows(), Studies.features()).checksum(),
                                load(threeRows(), Studies.features("angle")).checksum(),
                                load(
                                                threeRows(),
                                                Studies.settings(
                                                        ScaleKind.NONE,
                                                        ScaleKind.NONE,
                                                        1,
                                                        1,
                                                        narrow))
                                        .checksum(),
                                load(
                                                threeRows(),
                                                Studies.settings(
                                                        ScaleKind.NONE, ScaleKind.NONE, 1, 1, cut))
                                        .checksum(),
                                load(
                                                threeRows().doubles("energy", "(3,)", 10, 20, 41),
                                                Studies.features("row_sum"))
                                        .checksum()))
                .doesNotHaveDuplicates();
    }

    @Test
    void theSplitAndTheScalesChangeNoNumberAndNoChecksum() {
        String one =
                load(threeRows(), Studies.settings(ScaleKind.NONE, ScaleKind.NONE, 1, 1))
                        .checksum();
        String other =
                load(threeRows(), Studies.settings(ScaleKind.ASINH, ScaleKind.LOG, 2, 5))
                        .checksum();
        assertThat(other).isEqualTo(one);
    }

    @Test
    void dataThatDoNotFitIntoTheMemoryAreRefusedBeforeTheyAreRead() {
        // Zeros pack well: 8 kB hold 2 million values.
        Npz npz =
                new Npz()
                        .array(
                                "cells",
                                "{'descr': '|u1', 'fortran_order': False, 'shape': (20000, 100)}",
                                new byte[2_000_000])
                        .doubles("energy", "(20000,)", new double[20_000]);
        assertThat(npz.bytes()).hasSizeLessThan(10_000);
        Path file = npz.writeTo(folder.resolve("data.npz"));
        DataSettings settings = Studies.features();
        long needed = 20_000L * 100 * 4 + 20_000L * 16;
        List<DataFormat> none = List.of();
        RowExpressions sql = NoExpressions.NONE;
        assertThatThrownBy(
                        () -> DataLoader.load(settings, folder, List.of(), none, sql, needed - 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(file.getFileName() + " needs 8 MB of memory")
                .hasMessageContaining("cells (20000, 100) uint8, kept as float32")
                .hasMessageContaining("METTLE_JAVA_OPTIONS=-Xmx");
        assertThatThrownBy(() -> DataLoader.load(settings, folder, List.of(), none, sql, needed))
                .hasMessageContaining("nothing to learn"); // read, and found wanting
    }

    @Test
    void severalFaultsAreReportedTogether() {
        threeRows().writeTo(folder.resolve("data.npz"));
        DataSettings settings = Studies.features("angel", "energy");
        assertThatThrownBy(() -> DataLoader.load(settings, folder, List.of()))
                .isInstanceOfSatisfying(
                        DataException.class,
                        e ->
                                assertThat(e.faults())
                                        .extracting(DataException.Fault::key)
                                        .containsExactly("features", "features"))
                .hasMessageContainingAll("Did you mean 'angle'?", "is the target too");
    }
}
