package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.CHANNELS;

import dev.mettle.core.network.Layer;
import dev.mettle.engine.kernel.Lanes;

import java.util.Arrays;

/**
 * Where one layer's weights and biases lie: [group][out / together][tap][out % together], which is
 * how kernels read and write them; outputs that only fill up the last four of a group have weights
 * of 0 for ever. Biases lie behind all weights.
 *
 * @param first offset of the first weight
 * @param outputs channels or units
 * @param inputs channels or units of the input that an output sees: those of its group
 * @param area taps of one input: elements of the kernel, or 1
 * @param together outputs whose weights of one tap are neighbours: a multiple of four, or 1 in
 *     groups of fewer than four
 * @param groups of channels
 * @param biased whether there are biases
 */
record Parameters(
        int first, int outputs, int inputs, int area, int together, int groups, boolean biased)
        implements Learned {
    /** Places the weights of a convolution. */
    static Parameters convolution(int first, Layer.Conv2d layer, int inputs) {
        int each = layer.channels() / layer.groups();
        return new Parameters(
                first,
                layer.channels(),
                inputs / layer.groups(),
                layer.kernel().area(),
                layer.groups() > 1 && each < CHANNELS ? 1 : CHANNELS,
                layer.groups(),
                layer.bias());
    }

    /** Places the weights of a dense layer. */
    static Parameters dense(int first, int outputs, int inputs) {
        return new Parameters(first, outputs, inputs, 1, Lanes.roundChannels(outputs), 1, true);
    }

    /** Returns the outputs of one group. */
    int each() {
        return outputs / groups;
    }

    /** Returns the same with those that fill up. */
    int eachFilled() {
        return together == 1 ? each() : Lanes.roundChannels(each());
    }

    /** Returns the distance of the groups' weights. */
    int groupWeights() {
        return Math.multiplyExact(eachFilled(), taps());
    }

    /** Returns the weights that belong to one output. */
    int taps() {
        return inputs * area;
    }

    /** Returns the number of weights, filling included. */
    int weights() {
        return Math.multiplyExact(groups, groupWeights());
    }

    /** Returns the offset of the first bias. */
    int bias() {
        return first + weights();
    }

    /** Returns the number of biases, filling included. */
    int biases() {
        return biased ? Lanes.roundChannels(outputs) : 0;
    }

    /** Returns the offset behind the last bias. */
    int end() {
        return bias() + biases();
    }

    /** Returns the place of a weight. */
    int weight(int output, int tap) {
        int group = groups == 1 ? 0 : output / each();
        int inside = output - group * each();
        return first
                + group * groupWeights()
                + (inside / together * taps() + tap) * together
                + inside % together;
    }

    @Override
    public int count() {
        return outputs * (taps() + (biased ? 1 : 0));
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
        for (int group = 0; group < groups; group++) {
            for (int o = each(); o < eachFilled(); o++) {
                int at = first + group * groupWeights() + o / together * taps() * together;
                for (int t = 0; t < taps(); t++) {
                    gradients[at + t * together + o % together] = 0;
                }
            }
        }
        Arrays.fill(gradients, bias() + Math.min(outputs, biases()), end(), 0f);
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
        return copyBiases(values, bias(), to, at, at);
    }

    /** The opposite of {@link #export}. */
    int restore(float[] values, float[] from, int at) {
        for (int o = 0; o < outputs; o++) {
            for (int t = 0; t < taps(); t++) {
                values[weight(o, t)] = from[at++];
            }
        }
        return copyBiases(from, at, values, bias(), at);
    }

    /** Returns the place behind {@code at}'s biases. */
    private int copyBiases(float[] from, int read, float[] to, int write, int at) {
        int count = biased ? outputs : 0;
        System.arraycopy(from, read, to, write, count);
        return at + count;
    }
}
