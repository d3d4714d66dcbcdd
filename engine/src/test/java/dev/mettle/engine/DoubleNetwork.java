package dev.mettle.engine;

import dev.mettle.core.data.Shape;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Network;
import dev.mettle.core.network.Window;

import org.apache.commons.statistics.distribution.NormalDistribution;

import java.util.List;
import java.util.Map;

/**
 * The same networks by plain loops in double: the independent definition that gradient checks
 * difference.
 */
final class DoubleNetwork {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final Network network;
    private final Shape input;
    private final int features;
    private double[] weights = new double[0];
    private List<Map<String, Integer>> codes = List.of();
    private int used;

    DoubleNetwork(Network network, Shape input, int features) {
        this.network = network;
        this.input = input;
        this.features = features;
    }

    /** Returns the outputs for one row without categories. */
    double[] outputs(double[] weights, double[] row, double[] featuresOfRow) {
        return outputs(
                weights, new double[][] {row}, new double[][] {featuresOfRow}, List.of(Map.of()))[
                0];
    }

    /**
     * Returns the outputs of each row of a mini-batch in training; no dropout.
     *
     * @param codesOfRows of each row its code in each categorical column
     */
    double[][] outputs(
            double[] weights,
            double[][] rows,
            double[][] featuresOfRows,
            List<Map<String, Integer>> codesOfRows) {
        this.codes = codesOfRows;
        this.weights = weights;
        this.used = 0;
        network.shapes(input, features);
        return layers(network.layers(), rows, featuresOfRows, input);
    }

    private double[][] layers(List<Layer> layers, double[][] rows, double[][] more, Shape first) {
        double[][] values = rows;
        Shape in = first;
        for (Layer layer : layers) {
            values = layer(layer, values, more, in);
            in = layer.output(in, features);
        }
        return values;
    }

    private double[][] layer(Layer layer, double[][] values, double[][] more, Shape in) {
        if (layer instanceof Layer.BatchNorm(double epsilon, double _)) {
            return batchNorm(epsilon, values, in);
        }
        if (layer instanceof Layer.Residual(var body, var shortcut)) {
            double[][] made = layers(body, values, more, in);
            double[][] added = layers(shortcut, values, more, in);
            double[][] sums = new double[made.length][];
            for (int i = 0; i < sums.length; i++) {
                sums[i] = new double[made[i].length];
                for (int d = 0; d < sums[i].length; d++) {
                    sums[i][d] = made[i][d] + added[i][d];
                }
            }
            return sums;
        }
        int before = used;
        double[][] all = new double[values.length][];
        for (int i = 0; i < all.length; i++) {
            used = before;
            all[i] = row(layer, values[i], more[i], codes.get(i), in);
        }
        return all;
    }

    private double[] row(
            Layer layer, double[] values, double[] more, Map<String, Integer> own, Shape in) {
        Shape out = layer.output(in, features);
        return switch (layer) {
            case Layer.Conv2d c -> conv(c, values, in, out);
            case Layer.MaxPool(Window window) -> pool(window, true, values, in, out);
            case Layer.AveragePool(Window window) -> pool(window, false, values, in, out);
            case Layer.GlobalPool global -> row(global.over(in), values, more, own, in);
            case Layer.Dense d -> dense(values, d.units());
            case Layer.Activate(var function) when function == Activation.SOFTMAX ->
                    softmax(values, in);
            case Layer.Activate a -> activate(a, values);
            case Layer.LayerNorm n -> layerNorm(n, values);
            case Layer.Flatten _, Layer.Dropout _ -> values;
            case Layer.ConcatFeatures _ -> concat(values, more, in);
            case Layer.Embedding e ->
                    concat(values, vector(e, own.getOrDefault(e.column(), 0)), in);
            case Layer.BatchNorm _, Layer.Residual _ -> throw new IllegalStateException();
        };
    }

    /** Scales, shifts, and the running moments, which training does not use. */
    private double[][] batchNorm(double epsilon, double[][] x, Shape in) {
        int area = in.height() * in.width();
        double[][] y = new double[x.length][in.size()];
        for (int c = 0; c < in.channels(); c++) {
            double mean = 0;
            double square = 0;
            for (double[] row : x) {
                for (int n = c * area; n < (c + 1) * area; n++) {
                    mean += row[n] / (x.length * area);
                }
            }
            for (double[] row : x) {
                for (int n = c * area; n < (c + 1) * area; n++) {
                    square += (row[n] - mean) * (row[n] - mean) / (x.length * area);
                }
            }
            double scale = weights[used + c] / Math.sqrt(square + epsilon);
            for (int i = 0; i < x.length; i++) {
                for (int n = c * area; n < (c + 1) * area; n++) {
                    y[i][n] = (x[i][n] - mean) * scale + weights[used + in.channels() + c];
                }
            }
        }
        used += 4 * in.channels();
        return y;
    }

    private double[] layerNorm(Layer.LayerNorm layer, double[] x) {
        double mean = java.util.Arrays.stream(x).average().orElseThrow();
        double square =
                java.util.Arrays.stream(x)
                        .map(v -> (v - mean) * (v - mean))
                        .average()
                        .orElseThrow();
        double[] y = new double[x.length];
        for (int n = 0; n < x.length; n++) {
            y[n] =
                    (x[n] - mean) / Math.sqrt(square + layer.epsilon()) * weights[used + n]
                            + weights[used + x.length + n];
        }
        used += 2 * x.length;
        return y;
    }

    private double[] conv(Layer.Conv2d c, double[] x, Shape in, Shape out) {
        int inputs = in.channels() / c.groups();
        int taps = inputs * c.kernel().area();
        int bias = used + c.channels() * taps;
        double[] y = new double[out.size()];
        for (int n = 0; n < y.length; n++) {
            int o = n / (out.height() * out.width());
            int group = o / (c.channels() / c.groups());
            double sum = c.bias() ? weights[bias + o] : 0;
            for (int t = 0; t < taps; t++) {
                int channel = group * inputs + t / c.kernel().area();
                int at = element(c.kernel(), t % c.kernel().area(), channel, n, in, out);
                sum += at < 0 ? 0 : weights[used + o * taps + t] * x[at];
            }
            y[n] = sum;
        }
        used = bias + (c.bias() ? c.channels() : 0);
        return y;
    }

    /** Returns the number of an element of output n's window, or -1 in the padding. */
    private static int element(Window w, int element, int channel, int n, Shape in, Shape out) {
        int y =
                n / out.width() % out.height() * w.stride().height()
                        - w.before().height()
                        + element / w.size().width() * w.dilation().height();
        int x =
                n % out.width() * w.stride().width()
                        - w.before().width()
                        + element % w.size().width() * w.dilation().width();
        boolean inside = y >= 0 && y < in.height() && x >= 0 && x < in.width();
        return inside ? (channel * in.height() + y) * in.width() + x : -1;
    }

    private static double[] pool(Window window, boolean largest, double[] x, Shape in, Shape out) {
        double[] y = new double[out.size()];
        for (int n = 0; n < y.length; n++) {
            double most = Double.NEGATIVE_INFINITY;
            double sum = 0;
            for (int t = 0; t < window.area(); t++) {
                int at = element(window, t, n / (out.height() * out.width()), n, in, out);
                most = at < 0 ? most : Math.max(most, x[at]);
                sum += at < 0 ? 0 : x[at];
            }
            y[n] = largest ? most : sum / window.area();
        }
        return y;
    }

    private double[] dense(double[] x, int units) {
        double[] y = new double[units];
        for (int o = 0; o < units; o++) {
            double sum = weights[used + units * x.length + o];
            for (int i = 0; i < x.length; i++) {
                sum += weights[used + o * x.length + i] * x[i];
            }
            y[o] = sum;
        }
        used += units * (x.length + 1);
        return y;
    }

    private static double[] activate(Layer.Activate a, double[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] =
                    switch (a.function()) {
                        case RELU -> Math.max(x[i], 0);
                        case LEAKY_RELU -> x[i] > 0 ? x[i] : 0.01 * x[i];
                        case ELU -> x[i] > 0 ? x[i] : Math.expm1(x[i]);
                        case SILU -> x[i] / (1 + Math.exp(-x[i]));
                        case TANH -> Math.tanh(x[i]);
                        case SIGMOID -> 1 / (1 + Math.exp(-x[i]));
                        case SELU ->
                                1.0507009873554805
                                        * (x[i] > 0 ? x[i] : 1.6732632423543772 * Math.expm1(x[i]));
                        case GELU -> x[i] * NORMAL.cumulativeProbability(x[i]);
                        case SOFTPLUS -> Math.log1p(Math.exp(x[i]));
                        case SOFTMAX -> throw new IllegalStateException();
                    };
        }
        return y;
    }

    private static double[] softmax(double[] x, Shape in) {
        int area = in.height() * in.width();
        double[] y = new double[x.length];
        for (int n = 0; n < area; n++) {
            double sum = 0;
            for (int at = n; at < x.length; at += area) {
                sum += Math.exp(x[at]);
            }
            for (int at = n; at < x.length; at += area) {
                y[at] = Math.exp(x[at]) / sum;
            }
        }
        return y;
    }

    /** Returns the vector of a code: the code-th row of [category][dim]. */
    private double[] vector(Layer.Embedding e, int code) {
        int from = used + code * e.dim();
        used += e.categories() * e.dim();
        return java.util.Arrays.copyOfRange(weights, from, from + e.dim());
    }

    /** Appends values to a row, or as channels to an image. */
    private static double[] concat(double[] x, double[] more, Shape in) {
        int pixels = in.height() * in.width();
        double[] y = java.util.Arrays.copyOf(x, x.length + more.length * pixels);
        for (int i = x.length; i < y.length; i++) {
            y[i] = more[(i - x.length) / pixels];
        }
        return y;
    }
}
