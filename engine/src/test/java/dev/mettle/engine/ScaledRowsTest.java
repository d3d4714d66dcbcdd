package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Sample;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
}
