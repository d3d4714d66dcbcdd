package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Sample;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Collections;
import java.util.List;

class ScaledRowsTest {
    /**
     * Rows are gathered in the order given, each value to the bit as its scale says: few values
     * often, and many once.
     */
    @ParameterizedTest
    @EnumSource(Scale.Transform.class)
    void everyValueIsWhatItsScaleSays(Scale.Transform transform) {
        int rows = 700;
        int columns = 40;
        float[] inputs = new float[rows * columns];
        float[] features = new float[rows * 2];
        double[] targets = new double[rows];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = i % 3 == 0 ? i % 7 + 1 : 0.5f + i * 1.37f;
        }
        if (transform != Scale.Transform.LOG) {
            inputs[5] = 0f;
            inputs[6] = -0f;
            inputs[7] = -3f;
        }
        for (int i = 0; i < rows; i++) {
            features[2 * i] = i + 1;
            features[2 * i + 1] = 1f / (i + 1);
            targets[i] = 3 * i + 1;
        }
        double unit = transform == Scale.Transform.ASINH ? 2.5 : 1;
        Scale scale = new Scale(transform, unit, 0.7, 1.3);
        Scale other = new Scale(transform, unit, -0.2, 0.9);
        Dataset data =
                new Dataset(
                        new Shape(1, 5, 8),
                        inputs,
                        List.of("a", "b"),
                        features,
                        Task.regression("y"),
                        targets,
                        "");
        int[] order = {699, 0, 5, 0, 333, 77};
        ScaledRows scaled = new ScaledRows();
        scaled.fill(
                data,
                order,
                new Sample(order, List.of(scale), List.of(scale, other), List.of(other)));
        assertThat(scaled.count()).isEqualTo(order.length);
        for (int i = 0; i < order.length; i++) {
            for (int d = 0; d < columns; d++) {
                float expected = (float) scale.apply(inputs[order[i] * columns + d]);
                assertThat(Float.floatToIntBits(scaled.inputs()[i * columns + d]))
                        .isEqualTo(Float.floatToIntBits(expected));
            }
            assertThat(scaled.features()[2 * i])
                    .isEqualTo((float) scale.apply(features[2 * order[i]]));
            assertThat(scaled.features()[2 * i + 1])
                    .isEqualTo((float) other.apply(features[2 * order[i] + 1]));
            assertThat(scaled.targets()[i]).isEqualTo((float) other.apply(targets[order[i]]));
        }
    }

    @ParameterizedTest
    @EnumSource(Scale.Transform.class)
    void aMissingNumberIsWhatItsScaleSays(Scale.Transform transform) {
        Scale scale = new Scale(transform, 1, 0.7, 1.3, 0.25);
        float nan = Float.NaN;
        for (int columns = 1; columns <= 2; columns++) {
            Dataset data =
                    new Dataset(
                            Shape.flat(columns),
                            new float[] {nan, 2, nan, 3},
                            List.of(),
                            new float[0],
                            Task.regression("y"),
                            new double[4 / columns],
                            "");
            int[] order = columns == 1 ? new int[] {3, 2, 1, 0} : new int[] {1, 0};
            ScaledRows scaled = new ScaledRows();
            scaled.fill(
                    data,
                    order,
                    new Sample(
                            order,
                            Collections.nCopies(columns, scale),
                            List.of(),
                            List.of(Scale.NONE)));
            int missing = columns == 1 ? 1 : 0;
            assertThat(scaled.inputs()[missing]).isEqualTo(0.25f);
            assertThat(scaled.inputs()[missing + 2]).isEqualTo(0.25f);
            assertThat(scaled.inputs()[1 - missing]).isEqualTo((float) scale.apply(3));
        }
    }
}
