package dev.mettle.engine;

import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.study.InitialWeights;

import java.util.Arrays;

/**
 * Draws the weights and biases that a network starts from, layer by layer
 * (docs/math/initialisation.md). Weights and biases have streams of their own, so that the weights
 * of a seed do not depend on how biases start.
 */
final class Initialiser {
    private final InitialWeights init;
    private final RandomStream weights;
    private final RandomStream biases;

    Initialiser(InitialWeights init, Seed seed) {
        this.init = init;
        this.weights = new RandomStream(seed, Stream.WEIGHTS);
        this.biases = new RandomStream(seed, Stream.BIASES);
    }

    /** Draws the next layer: weights output by output, tap by tap, and then biases. */
    void draw(Parameters layer, float[] values) {
        Arrays.fill(values, layer.first(), layer.end(), 0f);
        double fanIn = layer.taps();
        double fanOut = (double) layer.outputs() * layer.area();
        switch (init.method()) {
            case KAIMING_UNIFORM, LECUN_UNIFORM ->
                    uniform(layer, values, bound(squaredGain() / fanIn));
            case XAVIER_UNIFORM ->
                    uniform(layer, values, bound(2 * squaredGain() / (fanIn + fanOut)));
            case KAIMING_NORMAL, LECUN_NORMAL ->
                    normal(layer, values, Math.sqrt(squaredGain() / fanIn));
            case XAVIER_NORMAL ->
                    normal(layer, values, Math.sqrt(2 * squaredGain() / (fanIn + fanOut)));
            case TRUNCATED_NORMAL -> truncated(layer, values, init.gain());
            case ORTHOGONAL -> orthogonal(layer, values);
            case PYTORCH -> uniform(layer, values, (float) (1 / Math.sqrt(fanIn)));
        }
        for (int o = 0; o < (layer.biased() ? layer.outputs() : 0); o++) {
            values[layer.bias() + o] = bias(fanIn);
        }
    }

    /**
     * Draws standard normal numbers, as torch.nn.Embedding does, whatever the method: a vector is
     * no sum, so it has no fan-in.
     */
    void vectors(float[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            values[i] = (float) weights.nextGaussian();
        }
    }

    /** The square of the root of 2 is 2, which the square of its nearest double is not. */
    private double squaredGain() {
        return init.gain() == Math.sqrt(2) ? 2 : init.gain() * init.gain();
    }

    /** A uniform number in ±b has the deviation b / √3. */
    private static float bound(double variance) {
        return (float) (Math.sqrt(3) * Math.sqrt(variance));
    }

    private void uniform(Parameters layer, float[] values, float bound) {
        for (int o = 0; o < layer.outputs(); o++) {
            for (int t = 0; t < layer.taps(); t++) {
                values[layer.weight(o, t)] = (2 * weights.nextFloat() - 1) * bound;
            }
        }
    }

    private void normal(Parameters layer, float[] values, double deviation) {
        for (int o = 0; o < layer.outputs(); o++) {
            for (int t = 0; t < layer.taps(); t++) {
                values[layer.weight(o, t)] = (float) (weights.nextGaussian() * deviation);
            }
        }
    }

    private void truncated(Parameters layer, float[] values, double deviation) {
        for (int o = 0; o < layer.outputs(); o++) {
            for (int t = 0; t < layer.taps(); t++) {
                values[layer.weight(o, t)] = (float) (weights.nextGaussianWithinTwo() * deviation);
            }
        }
    }

    private void orthogonal(Parameters layer, float[] values) {
        double[][] rows = new double[layer.outputs()][layer.taps()];
        for (double[] row : rows) {
            for (int t = 0; t < row.length; t++) {
                row[t] = weights.nextGaussian();
            }
        }
        double[][] orthogonal = Orthogonal.of(rows);
        for (int o = 0; o < layer.outputs(); o++) {
            for (int t = 0; t < layer.taps(); t++) {
                values[layer.weight(o, t)] = (float) (orthogonal[o][t] * init.gain());
            }
        }
    }

    private float bias(double fanIn) {
        return switch (init.biases()) {
            case InitialWeights.Biases.Constant(double value) -> (float) value;
            case InitialWeights.Biases.PyTorch _ ->
                    (2 * biases.nextFloat() - 1) * (float) (1 / Math.sqrt(fanIn));
        };
    }
}
