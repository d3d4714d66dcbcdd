package dev.mettle.engine;

import dev.mettle.core.data.Shape;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Network;

import java.util.List;
import java.util.Map;

/**
 * The same networks by plain loops in double: the independent definition that gradient checks
 * difference.
 */
final class DoubleNetwork {
    private final Network network;
    private final Shape input;
    private final int features;
    private double[] weights = new double[0];
    private Map<String, Integer> codes = Map.of();
    private int used;

    DoubleNetwork(Network network, Shape input, int features) {
        this.network = network;
        this.input = input;
        this.features = features;
    }

    /** Returns the outputs for one row without categories. */
    double[] outputs(double[] weights, double[] row, double[] featuresOfRow) {
        return outputs(weights, row, featuresOfRow, Map.of());
    }

    /** Returns the outputs for one row, with its code in each categorical column. */
    double[] outputs(
            double[] weights, double[] row, double[] featuresOfRow, Map<String, Integer> codes) {
        this.codes = codes;
        this.weights = weights;
        this.used = 0;
        List<Shape> shapes = network.shapes(input, features);
        double[] values = row;
        Shape in = input;
        for (int i = 0; i < shapes.size(); i++) {
            Shape out = shapes.get(i);
            values =
                    switch (network.layers().get(i)) {
                        case Layer.Conv2d c -> conv(c, values, in, out);
                        case Layer.MaxPool p -> pool(p, values, in, out);
                        case Layer.Dense d -> dense(values, d.units());
                        case Layer.Activate a -> activate(a, values);
                        case Layer.Flatten _ -> values;
                        case Layer.ConcatFeatures _ -> concat(values, featuresOfRow, in);
                        case Layer.Embedding e -> concat(values, vector(e), in);
                    };
            in = out;
        }
        return values;
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

    /** Returns the vector of the row's code in a column, as the k-th row's of [category][dim]. */
    private double[] vector(Layer.Embedding e) {
        int from = used + codes.getOrDefault(e.column(), 0) * e.dim();
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
