package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.CHANNELS;

import dev.mettle.engine.kernel.Lanes;

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
record Parameters(int first, int outputs, int inputs, int area, int together) implements Learned {
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

    /** Returns the offset behind the last bias. */
    int end() {
        return bias() + Lanes.roundChannels(outputs);
    }

    /** Returns the place of a weight. */
    int weight(int output, int tap) {
        return first + (output / together * taps() + tap) * together + output % together;
    }

    @Override
    public int count() {
        return outputs * (taps() + 1);
    }

    @Override
    public void initialise(Workspace workspace, Initialiser initialiser) {
        initialiser.draw(this, workspace.weights());
    }

    @Override
    public int export(Workspace workspace, float[] to, int at) {
        return export(workspace.weights(), to, at);
    }

    @Override
    public int restore(Workspace workspace, float[] from, int at) {
        return restore(workspace.weights(), from, at);
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
    int export(float[] values, float[] to, int at) {
        for (int o = 0; o < outputs; o++) {
            for (int t = 0; t < taps(); t++) {
                to[at++] = values[weight(o, t)];
            }
        }
        System.arraycopy(values, bias(), to, at, outputs);
        return at + outputs;
    }

    /** The opposite of {@link #export}. */
    int restore(float[] values, float[] from, int at) {
        for (int o = 0; o < outputs; o++) {
            for (int t = 0; t < taps(); t++) {
                values[weight(o, t)] = from[at++];
            }
        }
        System.arraycopy(from, at, values, bias(), outputs);
        return at + outputs;
    }
}
