package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.CHANNELS;

import dev.mettle.core.random.RandomStream;
import dev.mettle.core.study.Initialisation;
import dev.mettle.engine.kernel.Lanes;

import java.util.Arrays;

/**
 * Where one layer's weights and biases lie: [out / together][tap][out % together], which is how
 * kernels read and write them; outputs that only fill up the last four have weights of 0 for ever.
 *
 * @param first offset of the first weight
 * @param outputs channels or units
 * @param inputs channels or units of the input
 * @param area taps of one input: kernel size squared, or 1
 * @param together outputs whose weights of one tap are neighbours, a multiple of four
 */
record Parameters(int first, int outputs, int inputs, int area, int together)
        implements WeightPlaces {
    /** Places the weights of a convolution. */
    static Parameters convolution(int first, int outputs, int inputs, int kernel) {
        return new Parameters(first, outputs, inputs, kernel * kernel, CHANNELS);
    }

    /** Places the weights of a dense layer. */
    static Parameters dense(int first, int outputs, int inputs) {
        return new Parameters(first, outputs, inputs, 1, Lanes.roundChannels(outputs));
    }

    /** Returns the weights that belong to one output. */
    int taps() {
        return inputs * area;
    }

    /** Returns the number of weights, filling included. */
    int weights() {
        return Math.multiplyExact(Lanes.roundChannels(outputs), taps());
    }

    /** Returns the offset of the first bias. */
    int bias() {
        return first + weights();
    }

    @Override
    public int count() {
        return outputs * (taps() + 1);
    }

    @Override
    public int end() {
        return bias() + Lanes.roundChannels(outputs);
    }

    /** Returns the place of a weight. */
    int weight(int output, int tap) {
        return first + (output / together * taps() + tap) * together + output % together;
    }

    /**
     * Draws the weights, output by output, tap by tap; biases are 0 (docs/math/initialisation.md).
     */
    @Override
    public void initialise(float[] values, Initialisation initialisation, RandomStream random) {
        Arrays.fill(values, first, end(), 0f);
        double fanIn = taps();
        double fanOut = (double) outputs * area;
        double deviation =
                Math.sqrt(
                        switch (initialisation) {
                            case KAIMING_UNIFORM, KAIMING_NORMAL -> 2 / fanIn;
                            case XAVIER_UNIFORM, XAVIER_NORMAL -> 2 / (fanIn + fanOut);
                        });
        float bound =
                (float)
                        (Math.sqrt(3)
                                * deviation); // a uniform number in ±b has the deviation b / √3
        for (int o = 0; o < outputs; o++) {
            for (int t = 0; t < taps(); t++) {
                values[weight(o, t)] =
                        switch (initialisation) {
                            case KAIMING_UNIFORM, XAVIER_UNIFORM ->
                                    (2 * random.nextFloat() - 1) * bound;
                            case KAIMING_NORMAL, XAVIER_NORMAL ->
                                    (float) (random.nextGaussian() * deviation);
                        };
            }
        }
    }

    /** Sets the gradients of weights and biases that only fill up to 0. */
    void clearFilling(float[] gradients) {
        for (int o = outputs; o < Lanes.roundChannels(outputs); o++) {
            for (int t = 0; t < taps(); t++) {
                gradients[weight(o, t)] = 0;
            }
            gradients[bias() + o] = 0;
        }
    }

    /**
     * Copies weights [out, in, tap] and then biases to {@code to}, from {@code at} on; returns the
     * place behind them.
     */
    @Override
    public int export(float[] values, float[] to, int at) {
        for (int o = 0; o < outputs; o++) {
            for (int t = 0; t < taps(); t++) {
                to[at++] = values[weight(o, t)];
            }
        }
        System.arraycopy(values, bias(), to, at, outputs);
        return at + outputs;
    }

    @Override
    public int restore(float[] values, float[] from, int at) {
        for (int o = 0; o < outputs; o++) {
            for (int t = 0; t < taps(); t++) {
                values[weight(o, t)] = from[at++];
            }
        }
        System.arraycopy(from, at, values, bias(), outputs);
        return at + outputs;
    }
}
