package dev.mettle.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Sample;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Task;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.Seed;
import dev.mettle.core.study.DataException;
import dev.mettle.core.study.DataSettings;
import dev.mettle.core.study.FeatureSettings;
import dev.mettle.core.study.ScaleKind;
import dev.mettle.core.study.TargetSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Several targets, and class labels. */
class TargetsTest {
    @TempDir Path folder;

    private LoadedData load(Npz npz, TargetSettings target, FeatureSettings... features) {
        npz.writeTo(folder.resolve("data.npz"));
        return DataLoader.load(settings(target, features), folder, List.of());
    }

    private static DataSettings settings(TargetSettings target, FeatureSettings... features) {
        return new DataSettings(
                "data.npz", 1, "cells", ScaleKind.NONE, target, List.of(features), 1, 1);
    }

    private static TargetSettings labels(String... classes) {
        return new TargetSettings.Classification("label", List.of(classes));
    }

    private static Npz labelled(double... labels) {
        return new Npz()
                .doubles("cells", "(%d,)".formatted(labels.length), new double[labels.length])
                .doubles("label", "(%d,)".formatted(labels.length), labels);
    }

    private void refused(Npz npz, TargetSettings target, String message) {
        assertThatThrownBy(() -> load(npz, target))
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.key()).isEqualTo("target"))
                .hasMessageContaining(message);
    }

    @Test
    void severalTargetsLieRowAfterRow() {
        Npz npz =
                new Npz()
                        .doubles("cells", "(3,)", 7, 8, 9)
                        .doubles("energy", "(3,)", 1, 2, 3)
                        .doubles("x", "(3, 1)", -4, 5, -6);
        LoadedData loaded = load(npz, twoTargets(ScaleKind.LOG, ScaleKind.STANDARD));
        Dataset data = loaded.dataset();
        assertThat(data.rows()).isEqualTo(3);
        assertThat(data.targets()).containsExactly(1, -4, 2, 5, 3, -6);
        assertThat(data.target(1, 1)).isEqualTo(5);
        assertThat(loaded.facts().task()).isEqualTo(new Task.Regression(List.of("energy", "x")));
        refused(npz, twoTargets(ScaleKind.NONE, ScaleKind.LOG), "array 'x', row 0: -4.0 has no");
        refused(
                npz.doubles("x", "(3,)", 2, 2, 2),
                twoTargets(ScaleKind.NONE, ScaleKind.NONE),
                "array 'x': each of the 3 values is 2.0");
        assertThatThrownBy(() ->
                        load(
                                npz.doubles("x", "(3,)", 1, 2, 3),
                                twoTargets(ScaleKind.NONE, ScaleKind.NONE),
                                Studies.feature("x", ScaleKind.NONE)))
                .hasMessageContaining("is the target too");
    }

    private static TargetSettings twoTargets(ScaleKind energy, ScaleKind x) {
        return new TargetSettings.Regression(
                List.of(
                        new TargetSettings.Column("energy", energy),
                        new TargetSettings.Column("x", x)));
    }

    @Test
    void everyTargetHasAScaleFittedOnItsOwnNumbers() {
        int rows = 200;
        double[] energy = new double[rows];
        double[] x = new double[rows];
        Arrays.setAll(energy, i -> i + 1);
        Arrays.setAll(x, i -> -3 * i);
        Npz npz =
                new Npz()
                        .doubles("cells", "(200,)", energy)
                        .doubles("energy", "(200,)", energy)
                        .doubles("x", "(200,)", x);
        Dataset data = load(npz, twoTargets(ScaleKind.LOG, ScaleKind.STANDARD)).dataset();
        DataSettings settings = settings(twoTargets(ScaleKind.LOG, ScaleKind.STANDARD));
        Sample sample =
                new PoolSampler(data, Splitter.split(rows, settings), settings, 50)
                        .draw(new Seed(1, Purpose.RACE, Seed.Source.SAMPLE, 0));
        double meanX = Arrays.stream(sample.rows()).mapToDouble(i -> x[i]).average().orElseThrow();
        double meanLog =
                Arrays.stream(sample.rows())
                        .mapToDouble(i -> StrictMath.log(energy[i]))
                        .average()
                        .orElseThrow();
        assertThat(sample.targetScales()).hasSize(2);
        assertThat(sample.targetScales().get(0).transform()).isEqualTo(Scale.Transform.LOG);
        assertThat(sample.targetScales().get(0).mean()).isCloseTo(meanLog, within(1e-12));
        assertThat(sample.targetScales().get(1).mean()).isCloseTo(meanX, within(1e-9));
    }

    @Test
    void theChecksumDependsOnTheOrderOfTargets() {
        Npz npz =
                new Npz()
                        .doubles("cells", "(2,)", 7, 8)
                        .doubles("energy", "(2,)", 1, 2)
                        .doubles("x", "(2,)", 3, 4);
        TargetSettings forward = twoTargets(ScaleKind.NONE, ScaleKind.NONE);
        TargetSettings backward =
                new TargetSettings.Regression(
                        ((TargetSettings.Regression) forward).columns().reversed());
        assertThat(load(npz, forward).dataset().checksum())
                .isNotEqualTo(load(npz, backward).dataset().checksum());
    }

    @Test
    void labelsMakeClasses() {
        LoadedData loaded = load(labelled(2, 0, 1, 1), labels());
        assertThat(loaded.dataset().targets()).containsExactly(2, 0, 1, 1);
        assertThat(loaded.facts().task())
                .isEqualTo(new Task.Classification("label", List.of("0", "1", "2")));
        assertThat(load(labelled(2, 0, 2), labels("a", "b", "c")).dataset().task())
                .isEqualTo(new Task.Classification("label", List.of("a", "b", "c")));
        DataSettings settings = settings(labels());
        Sample sample =
                new PoolSampler(loaded.dataset(), Splitter.split(4, settings), settings, 1)
                        .draw(new Seed(1, Purpose.RACE, Seed.Source.SAMPLE, 0));
        assertThat(sample.targetScales()).containsExactly(Scale.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<i8", "<u4", "|u1", "|b1", "<f4"})
    void labelsMayBeOfAnyType(String type) {
        int size = Integer.parseInt(type.substring(2));
        ByteBuffer bytes = ByteBuffer.allocate(2 * size).order(ByteOrder.LITTLE_ENDIAN);
        if (type.equals("<f4")) {
            bytes.putFloat(1, 0).putFloat(size, 1);
        } else {
            bytes.put(size, (byte) 1);
        }
        Npz npz =
                new Npz()
                        .doubles("cells", "(2,)", 7, 8)
                        .array(
                                "label",
                                "{'descr': '%s', 'fortran_order': False, 'shape': (2,), }"
                                        .formatted(type),
                                bytes.array());
        assertThat(load(npz, labels()).dataset().targets()).containsExactly(0, 1);
    }

    @ParameterizedTest
    @CsvSource({"-1", "0.5", "NaN", "Infinity"})
    void aLabelThatIsNoWholeNumberFromZeroIsFound(double bad) {
        refused(
                labelled(0, 1, bad, bad),
                labels(),
                "array 'label', row 2: %s is not a class label; labels are the whole numbers 0, 1, ... 2 of 4 values are not."
                        .formatted(bad));
    }

    @Test
    void aGapInTheLabelsIsFound() {
        refused(
                labelled(0, 1, 3),
                labels(),
                "no row has the label 2, but labels go from 0 to 3; classes must be numbered 0, 1,"
                        + " ... without a gap. Renumber them");
        refused(
                labelled(1, 2, 3),
                labels(),
                "no row has the label 0, but labels go from 1 to 3; classes must be numbered 0, 1,"
                        + " ... without a gap. Subtract 1 from all.");
        refused(labelled(0, 1e15, 1), labels(), "no row has the label 2, but labels go from 0 to");
        refused(labelled(0, 0, 0), labels(), "each of the 3 values is 0.0");
    }

    @Test
    void aLabelWithoutAClassIsFound() {
        refused(
                labelled(0, 1, 2),
                labels("photon", "pion"),
                "array 'label', row 2: label 2 has no class; 'classes' names 2, for the labels 0 to"
                        + " 1.");
    }
}
