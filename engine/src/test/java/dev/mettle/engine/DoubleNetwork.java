package dev.mettle.engine;

import dev.mettle.core.data.Shape;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Network;

import java.util.List;

/**
 * The same networks by plain loops in double: the independent definition that gradient checks
 * difference.
 */
final class DoubleNetwork {
    private final Network network;
    private final Shape input;
    private final int features;
    private double[] weights = new double[0];
    private int used;

    DoubleNetwork(Network network, Shape input, int features) {
        this.network = network;
        this.input = input;
        this.features = features;
    }

    /** Returns the outputs for one row. */
    double[] outputs(double[] weights, double[] row, double[] featuresOfRow) {
        return outputs(weights, new double[][] {row}, new double[][] {featuresOfRow})[0];
    }

    /** Returns the outputs of each row of a mini-batch in training; no dropout. */
    double[][] outputs(double[] weights, double[][] rows, double[][] featuresOfRows) {
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
            all[i] = row(layer, values[i], more[i], in);
        }
        return all;
    }

    private double[] row(Layer layer, double[] values, double[] more, Shape in) {
        Shape out = layer.output(in, features);
        return switch (layer) {
            case Layer.Conv2d c -> conv(c, values, in, out);
            case Layer.MaxPool p -> pool(p, values, in, out);
            case Layer.Dense d -> dense(values, d.units());
            case Layer.Activate a -> activate(a, values);
            case Layer.LayerNorm n -> layerNorm(n, values);
            case Layer.Flatten _, Layer.Dropout _ -> values;
            case Layer.ConcatFeatures _ -> concat(values, more);
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
        int k = c.kernel();
        int before = c.padding() == Layer.Padding.SAME ? (k - 1) / 2 : 0;
        double[] y = new double[out.size()];
        int bias = used + c.channels() * in.channels() * k * k;
        for (int o = 0; o < c.channels(); o++) {
            for (int py = 0; py < out.height(); py++) {
                for (int px = 0; px < out.width(); px++) {
                    double sum = weights[bias + o];
                    for (int ch = 0; ch < in.channels(); ch++) {
                        for (int t = 0; t < k * k; t++) {
                            int iy = py * c.stride() - before + t / k;
                            int ix = px * c.stride() - before + t % k;
                            if (iy >= 0 && iy < in.height() && ix >= 0 && ix < in.width()) {
                                sum +=
                                        weights[used + (o * in.channels() + ch) * k * k + t]
                                                * x[(ch * in.height() + iy) * in.width() + ix];
                            }
                        }
                    }
                    y[(o * out.height() + py) * out.width() + px] = sum;
                }
            }
        }
        used = bias + c.channels();
        return y;
    }

    private static double[] pool(Layer.MaxPool p, double[] x, Shape in, Shape out) {
        double[] y = new double[out.size()];
        for (int n = 0; n < y.length; n++) {
            int c = n / (out.height() * out.width());
            int py = n / out.width() % out.height() * p.stride();
            int px = n % out.width() * p.stride();
            double largest = Double.NEGATIVE_INFINITY;
            for (int t = 0; t < p.size() * p.size(); t++) {
                largest =
                        Math.max(
                                largest,
                                x[
                                        (c * in.height() + py + t / p.size()) * in.width()
                                                + px
                                                + t % p.size()]);
            }
            y[n] = largest;
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
                    };
        }
        return y;
    }

    private static double[] concat(double[] x, double[] more) {
        double[] y = java.util.Arrays.copyOf(x, x.length + more.length);
        System.arraycopy(more, 0, y, x.length, more.length);
        return y;
    }
}
