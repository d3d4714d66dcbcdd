package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.network.Layer;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.study.Initialisation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {
    private static final Seed SEED = new Seed(11, Purpose.RACE, Seed.Source.INIT, 2);

    private static float[] draw(Parameters parameters, Initialisation initialisation) {
        float[] values = new float[parameters.end() + 100];
        java.util.Arrays.fill(values, 7f);
        parameters.initialise(values, initialisation, new RandomStream(SEED, Stream.WEIGHTS));
        return values;
    }

    /**
     * Deviations: kaiming √(2 / fanIn), xavier √(2 / (fanIn + fanOut)); kurtosis 1.8 of a uniform,
     * 3 of a normal number.
     */
    private static Parameters convolution(int first, int outputs, int inputs, int kernel) {
        Layer.Conv2d layer = new Layer.Conv2d(outputs, kernel, 1, Layer.Padding.VALID);
        return Parameters.convolution(first, layer, inputs);
    }

    @ParameterizedTest
    @CsvSource({
        "KAIMING_UNIFORM, 0.0666667, 1.8", "KAIMING_NORMAL, 0.0666667, 3",
        "XAVIER_UNIFORM, 0.0514344, 1.8", "XAVIER_NORMAL, 0.0514344, 3"
    })
    void weightsHaveTheDistributionOfTheirInitialisation(
            Initialisation kind, double deviation, double kurtosis) {
        Parameters parameters = convolution(0, 34, 50, 3); // fanIn 450, fanOut 306
        float[] values = draw(parameters, kind);
        double sum = 0;
        double squares = 0;
        double fourths = 0;
        int count = 34 * 450;
        double largest = 0;
        for (int o = 0; o < 34; o++) {
            for (int t = 0; t < 450; t++) {
                double w = values[parameters.weight(o, t)];
                sum += w;
                squares += w * w;
                fourths += w * w * w * w;
                largest = Math.max(largest, Math.abs(w));
            }
        }
        double variance = squares / count;
        assertThat(sum / count).isCloseTo(0, within(4 * deviation / Math.sqrt(count)));
        assertThat(Math.sqrt(variance)).isCloseTo(deviation, within(0.02 * deviation));
        assertThat(fourths / count / (variance * variance)).isCloseTo(kurtosis, within(0.15));
        if (kurtosis < 2) {
            assertThat(largest)
                    .isBetween(
                            0.99 * Math.sqrt(3) * deviation, 1.000001 * Math.sqrt(3) * deviation);
        }
    }

    @Test
    void weightsAreDrawnOutputByOutputAndBiasesAndFillingAreZero() {
        Parameters parameters = convolution(8, 5, 2, 2);
        float[] values = draw(parameters, Initialisation.KAIMING_UNIFORM);
        RandomStream random = new RandomStream(SEED, Stream.WEIGHTS);
        float bound = (float) Math.sqrt(6.0 / 8);
        float[] exported = new float[45];
        assertThat(parameters.export(values, exported, 0)).isEqualTo(45);
        for (int i = 0; i < 40; i++) {
            assertThat(exported[i]).isCloseTo((2 * random.nextFloat() - 1) * bound, within(1e-6f));
        }
        for (int i = 40; i < 45; i++) {
            assertThat(exported[i]).isZero();
        }
        for (int o = 5; o < 8; o++) {
            for (int t = 0; t < 8; t++) {
                assertThat(values[parameters.weight(o, t)]).isZero();
            }
        }
        assertThat(values[7]).isEqualTo(7);
        assertThat(values[parameters.end()]).isEqualTo(7);
    }

    @Test
    void whatIsExportedCanBeRestored() {
        Parameters parameters = convolution(4, 6, 3, 3);
        float[] values = draw(parameters, Initialisation.XAVIER_NORMAL);
        float[] exported = new float[6 * 28];
        parameters.export(values, exported, 0);
        float[] restored = new float[values.length];
        parameters.restore(restored, exported, 0);
        float[] again = new float[exported.length];
        parameters.export(restored, again, 0);
        assertThat(again).containsExactly(exported);
    }
}
