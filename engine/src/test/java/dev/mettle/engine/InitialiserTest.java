package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.network.Layer;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.Seed;
import dev.mettle.core.study.InitialWeights;
import dev.mettle.core.study.InitialWeights.Biases;
import dev.mettle.core.study.Initialisation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;

/** Distributions of initial weights and biases: deviations as torch.nn.init states them. */
class InitialiserTest {
    private static final Seed SEED = new Seed(11, Purpose.RACE, Seed.Source.INIT, 2);

    /** fanIn 450, fanOut 306. */
    private static final Parameters LAYER =
            Parameters.convolution(0, new Layer.Conv2d(34, 3, 1, Layer.Padding.VALID), 50);

    private static float[] draw(InitialWeights init, Parameters... layers) {
        float[] values = new float[layers[layers.length - 1].end()];
        Initialiser initialiser = new Initialiser(init, SEED);
        for (Parameters layer : layers) {
            initialiser.draw(layer, values);
        }
        return values;
    }

    private static double[] weights(Parameters layer, float[] values) {
        double[] weights = new double[layer.outputs() * layer.taps()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = values[layer.weight(i / layer.taps(), i % layer.taps())];
        }
        return weights;
    }

    private static double mean(double[] values, int power) {
        return Arrays.stream(values).map(v -> StrictMath.pow(v, power)).average().orElseThrow();
    }

    /**
     * Deviation: kaiming √(2 / fanIn), xavier √(2 / (fanIn + fanOut)), lecun √(1 / fanIn), pytorch
     * √(1 / (3 fanIn)), orthogonal √(1 / max(rows, columns)); the truncated normal's is 0.879626 of
     * 0.02, its kurtosis 2.36547. Kurtosis 1.8 of a uniform, 3 of a normal number.
     */
    @ParameterizedTest
    @CsvSource({
        "KAIMING_UNIFORM, 0.0666667, 1.8, 0.1154701",
        "KAIMING_NORMAL, 0.0666667, 3, 1",
        "XAVIER_UNIFORM, 0.0514344, 1.8, 0.0890871",
        "XAVIER_NORMAL, 0.0514344, 3, 1",
        "LECUN_UNIFORM, 0.0471405, 1.8, 0.0816497",
        "LECUN_NORMAL, 0.0471405, 3, 1",
        "TRUNCATED_NORMAL, 0.01759252, 2.36547, 0.04",
        "ORTHOGONAL, 0.0471405, 3, 1",
        "PYTORCH, 0.0272166, 1.8, 0.0471405"
    })
    void weightsHaveTheDistributionOfTheirMethod(
            Initialisation method, double deviation, double kurtosis, double bound) {
        double[] weights = weights(LAYER, draw(InitialWeights.of(method), LAYER));
        double variance = mean(weights, 2);
        assertThat(mean(weights, 1)).isCloseTo(0, within(4 * deviation / Math.sqrt(15_300)));
        assertThat(Math.sqrt(variance)).isCloseTo(deviation, within(0.02 * deviation));
        assertThat(mean(weights, 4) / (variance * variance)).isCloseTo(kurtosis, within(0.15));
        double largest = Arrays.stream(weights).map(Math::abs).max().orElseThrow();
        assertThat(largest).isLessThanOrEqualTo(bound * 1.000001);
        if (bound < 1) {
            assertThat(largest).isGreaterThan(0.98 * bound);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "KAIMING_UNIFORM",
        "KAIMING_NORMAL",
        "XAVIER_UNIFORM",
        "XAVIER_NORMAL",
        "LECUN_UNIFORM",
        "LECUN_NORMAL",
        "TRUNCATED_NORMAL",
        "ORTHOGONAL"
    })
    void theGainScalesTheSameNumbers(Initialisation method) {
        double[] plain = weights(LAYER, draw(InitialWeights.of(method), LAYER));
        InitialWeights twice =
                new InitialWeights(method, 2 * method.gain(), new Biases.Constant(0));
        double[] larger = weights(LAYER, draw(twice, LAYER));
        for (int i = 0; i < plain.length; i++) {
            assertThat(larger[i]).isCloseTo(2 * plain[i], within(1e-6 * Math.abs(plain[i])));
        }
    }

    /** 34 rows of 450 numbers: orthonormal rows, times the gain. */
    @Test
    void orthogonalWeightsHaveOrthogonalRows() {
        double gain = 1.5;
        InitialWeights init =
                new InitialWeights(Initialisation.ORTHOGONAL, gain, new Biases.Constant(0));
        float[] values = draw(init, LAYER);
        for (int a = 0; a < 34; a++) {
            for (int b = 0; b <= a; b++) {
                double product = 0;
                for (int t = 0; t < 450; t++) {
                    product += (double) values[LAYER.weight(a, t)] * values[LAYER.weight(b, t)];
                }
                assertThat(product).isCloseTo(a == b ? gain * gain : 0, within(1e-6));
            }
        }
    }

    @Test
    void methodsOfOneKindStartFromTheSamePatternInEveryLayerWhateverTheBiases() {
        Parameters second = Parameters.dense(LAYER.end(), 7, 34);
        double[] kaiming = both(Initialisation.KAIMING_UNIFORM, second);
        double[] pytorch = both(Initialisation.PYTORCH, second);
        for (int i = 0; i < kaiming.length; i++) { // bounds √(6 / fanIn) and √(1 / fanIn)
            assertThat(pytorch[i] * Math.sqrt(6)).isCloseTo(kaiming[i], within(1e-6));
        }
        double[] normal = both(Initialisation.KAIMING_NORMAL, second);
        double[] truncated = both(Initialisation.TRUNCATED_NORMAL, second);
        for (int i = 0; i < normal.length; i++) {
            assertThat(Math.signum(truncated[i])).isEqualTo(Math.signum(normal[i]));
        }
    }

    private static double[] both(Initialisation method, Parameters second) {
        float[] values = draw(InitialWeights.of(method), LAYER, second);
        double[] first = weights(LAYER, values);
        double[] all = Arrays.copyOf(first, first.length + 7 * 34);
        System.arraycopy(weights(second, values), 0, all, first.length, 7 * 34);
        return all;
    }

    @Test
    void biasesAreWhatIsAsked() {
        Parameters layer = Parameters.dense(4, 1001, 9);
        float[] constant =
                draw(
                        new InitialWeights(
                                Initialisation.KAIMING_NORMAL,
                                Math.sqrt(2),
                                new Biases.Constant(0.1)),
                        layer);
        float[] random =
                draw(
                        new InitialWeights(
                                Initialisation.KAIMING_NORMAL, Math.sqrt(2), new Biases.PyTorch()),
                        layer);
        double squares = 0;
        double largest = 0;
        for (int o = 0; o < 1001; o++) {
            assertThat(constant[layer.bias() + o]).isEqualTo(0.1f);
            double b = random[layer.bias() + o];
            squares += b * b;
            largest = Math.max(largest, Math.abs(b));
        }
        assertThat(Math.sqrt(squares / 1001)).isCloseTo(Math.sqrt(1.0 / 27), within(0.01));
        assertThat(largest).isBetween(0.99 / 3, 1. / 3);
        for (int o = 1001; o < 1004; o++) { // filling stays 0
            assertThat(constant[layer.bias() + o]).isZero();
            assertThat(random[layer.bias() + o]).isZero();
        }
        assertThat(weights(layer, random)).containsExactly(weights(layer, constant));
    }
}
