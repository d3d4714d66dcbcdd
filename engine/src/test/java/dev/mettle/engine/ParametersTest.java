package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.network.Layer;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.study.InitialWeights;
import dev.mettle.core.study.Initialisation;

import org.junit.jupiter.api.Test;

class ParametersTest {
    private static final Seed SEED = new Seed(11, Purpose.RACE, Seed.Source.INIT, 2);

    private static float[] draw(Parameters parameters, Initialisation initialisation) {
        float[] values = new float[parameters.end() + 100];
        java.util.Arrays.fill(values, 7f);
        new Initialiser(InitialWeights.of(initialisation), SEED).draw(parameters, values);
        return values;
    }

    private static Parameters convolution(int first, int outputs, int inputs, int kernel) {
        Layer.Conv2d layer = new Layer.Conv2d(outputs, kernel, 1, Layer.Padding.VALID);
        return Parameters.convolution(first, layer, inputs);
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
