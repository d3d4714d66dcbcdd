package dev.mettle.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.data.Categories;
import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Sample;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.instance.TargetModel;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

class RidgeModelTest {
    private static final double[][] TABLE = Tables.table(60, 3);

    private static double[] targets() {
        return IntStream.range(0, 60)
                .mapToDouble(i -> StrictMath.exp(1 + 2 * (float) TABLE[i][0] - (float) TABLE[i][2]))
                .toArray();
    }

    private static Dataset data(double[] targets) {
        return Tables.dataset(TABLE, Task.regression("y"), targets);
    }

    private static TargetModel.Fitted fit(Dataset data, Scale.Transform transform, Sample sample) {
        return new RidgeModel(data, 0, transform).fit(sample);
    }

    @Test
    void aLineInTheLogarithmIsFoundAfterTheTransform() {
        TargetModel.Fitted fitted =
                fit(data(targets()), Scale.Transform.LOG, Tables.sample(Tables.rows(0, 40)));
        for (int row = 40; row < 60; row++) {
            assertThat(fitted.predict(row))
                    .isCloseTo(1 + 2 * TABLE[row][0] - TABLE[row][2], within(1e-5));
        }
        assertThat(fitted.constants()).containsOnlyKeys("penalty", "effective_parameters");
        assertThat(fitted.constants().get("effective_parameters")).isCloseTo(4, within(1e-3));
    }

    @Test
    void itSeesTheSampleAndNothingElse() {
        double[] other = targets();
        for (int row = 40; row < 60; row++) {
            other[row] *= 1000;
        }
        Sample sample = Tables.sample(Tables.rows(0, 40));
        assertThat(fit(data(other), Scale.Transform.IDENTITY, sample).predict(50))
                .isEqualTo(fit(data(targets()), Scale.Transform.IDENTITY, sample).predict(50));
    }

    @Test
    void scalesOfTheSampleDoNotMatterToAStandardisedColumn() {
        Sample plain = Tables.sample(Tables.rows(0, 40));
        Sample scaled =
                new Sample(
                        plain.rows(),
                        List.of(new Scale(Scale.Transform.IDENTITY, 1, 5, 0.25)),
                        List.of(),
                        List.of(Scale.NONE));
        assertThat(fit(data(targets()), Scale.Transform.LOG, scaled).predict(50))
                .isCloseTo(
                        fit(data(targets()), Scale.Transform.LOG, plain).predict(50), within(1e-9));
    }

    @Test
    void codesAreAColumnEach() {
        int[] codes = IntStream.range(0, 60).map(i -> i * 7 % 5).toArray();
        double[][] wide = new double[60][8];
        for (int i = 0; i < 60; i++) {
            System.arraycopy(TABLE[i], 0, wide[i], 0, 3);
            wide[i][3 + codes[i]] = 1;
        }
        double[] targets = targets();
        for (int i = 0; i < 60; i++) {
            targets[i] *= 1 + codes[i] % 3;
        }
        Dataset plain = data(targets);
        Dataset coded =
                new Dataset(
                        plain.inputShape(),
                        plain.inputs(),
                        List.of(),
                        new float[0],
                        new Categories(List.of(new Categories.Column("c", 5)), codes),
                        plain.task(),
                        targets,
                        "");
        Dataset columns = Tables.dataset(wide, Task.regression("y"), targets);
        Sample sample = Tables.sample(Tables.rows(0, 40));
        for (int row = 40; row < 60; row++) {
            assertThat(fit(coded, Scale.Transform.LOG, sample).predict(row))
                    .isEqualTo(fit(columns, Scale.Transform.LOG, sample).predict(row));
        }
    }

    @Test
    void featuresStandBesideInputs() {
        float[] inputs = new float[60];
        float[] features = new float[60];
        double[] targets = new double[60];
        for (int i = 0; i < 60; i++) {
            inputs[i] = (float) TABLE[i][0];
            features[i] = (float) TABLE[i][1];
            targets[i] = 3 * features[i] - inputs[i];
        }
        Dataset data =
                new Dataset(
                        new Shape(1, 1, 1),
                        inputs,
                        List.of("f"),
                        features,
                        Task.regression("y"),
                        targets,
                        "");
        Sample sample =
                new Sample(
                        Tables.rows(0, 40),
                        List.of(Scale.NONE),
                        List.of(Scale.NONE),
                        List.of(Scale.NONE));
        assertThat(fit(data, Scale.Transform.IDENTITY, sample).predict(59))
                .isCloseTo(targets[59], within(1e-5));
    }

    @Test
    void aConstantColumnOfTheSampleSaysNothing() {
        double[][] table = Tables.table(60, 3);
        for (int i = 0; i < 40; i++) {
            table[i][1] = 0.125;
        }
        table[50][1] = 1e6;
        Dataset data = Tables.dataset(table, Task.regression("y"), targets());
        assertThat(fit(data, Scale.Transform.LOG, Tables.sample(Tables.rows(0, 40))).predict(50))
                .isCloseTo(1 + 2 * TABLE[50][0] - TABLE[50][2], within(1e-5));
    }

    @Test
    void itSuitsWhatIsFittedInSeconds() {
        Dataset narrow = Tables.dataset(new double[1][784], Task.regression("y"), new double[1]);
        assertThat(RidgeModel.suits(narrow, 20_000)).isTrue();
        assertThat(RidgeModel.suits(narrow, 30_000)).isFalse();
        Dataset wide = Tables.dataset(new double[1][5000], Task.regression("y"), new double[1]);
        assertThat(RidgeModel.suits(wide, 1024)).isTrue();
        assertThat(RidgeModel.suits(wide, 1025)).isFalse();
    }
}
