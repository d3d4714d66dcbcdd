package dev.mettle.core.study;

import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Network;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The identity of a candidate: SHA-256, in hexadecimal, of a canonical text of its network and
 * recipe in UTF-8. One line for each layer, then five for the recipe, each ended by a line feed,
 * every number in full whether written or not:
 *
 * <pre>
 * conv2d channels=8 kernel=3 stride=1 padding=same
 * activation relu
 * maxpool size=2 stride=2
 * flatten
 * dense units=16
 * concat features
 * embedding column=region dim=4
 * loss mse                                          (or: mae, log_cosh, bce)
 * loss huber delta=1.0
 * loss quantile quantile=0.9
 * loss cross_entropy label_smoothing=0.0
 * optimizer sgd lr=0.01 momentum=0.9 nesterov=true weight_decay=0.0
 * optimizer rmsprop lr=0.01 alpha=0.99 eps=1.0E-8 momentum=0.0 weight_decay=0.0
 * optimizer adam lr=0.001 beta1=0.9 beta2=0.999 eps=1.0E-8 weight_decay=0.0      (or adamw)
 * init kaiming_uniform
 * training batch=256 epochs=60
 * stability threshold=0.1 window=30                                             (or: stability none)
 * augment shift=2 flip=horizontal noise=0.0
 * </pre>
 *
 * with one of the loss lines and one of the optimiser lines, and the line of augmentation only
 * where there is any. The number of codes of a categorical column is no part of it, as the number
 * of columns of a table is none. Whole numbers are decimal, the others as {@link Double#toString}
 * gives them, so 1e-3 and 0.001 are the same. Names of dimensions, and how the file was written,
 * are no part of it.
 */
final class CandidateId {
    /** Digits of a short id. */
    static final int SHORT = 10;

    private CandidateId() {}

    /** Returns all 64 digits; an id is the beginning of it. */
    static String digits(String canonicalText) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(canonicalText.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256.", e);
        }
    }

    static String canonicalText(Network network, Recipe recipe) {
        StringBuilder text = new StringBuilder(400);
        network.layers().forEach(layer -> text.append(line(layer)).append('\n'));
        text.append("loss ").append(line(recipe.loss())).append('\n');
        text.append("optimizer ").append(line(recipe.optimizer())).append('\n');
        text.append("init ").append(Words.of(recipe.init())).append('\n');
        text.append("training batch=")
                .append(recipe.batch())
                .append(" epochs=")
                .append(recipe.epochs())
                .append('\n');
        text.append("stability ").append(line(recipe.stability())).append('\n');
        if (!recipe.augmentation().isOff()) {
            text.append("augment ").append(line(recipe.augmentation())).append('\n');
        }
        return text.toString();
    }

    /** Returns the name of a layer in study files. */
    static String name(Layer layer) {
        String line = line(layer);
        int end = line.indexOf(' ');
        return end < 0 ? line : line.substring(0, end);
    }

    private static String line(Layer layer) {
        return switch (layer) {
            case Layer.Conv2d(int channels, int kernel, int stride, Layer.Padding padding) ->
                    "conv2d channels="
                            + channels
                            + " kernel="
                            + kernel
                            + " stride="
                            + stride
                            + " padding="
                            + Words.of(padding);
            case Layer.Activate(var function) -> "activation " + Words.of(function);
            case Layer.MaxPool(int size, int stride) ->
                    "maxpool size=" + size + " stride=" + stride;
            case Layer.Flatten _ -> "flatten";
            case Layer.Dense(int units) -> "dense units=" + units;
            case Layer.ConcatFeatures _ -> "concat features";
            case Layer.Embedding(String column, _, int dim) ->
                    "embedding column=" + column + " dim=" + dim;
        };
    }

    private static String line(Loss loss) {
        String settings =
                switch (loss) {
                    case Loss.Huber(double delta) -> " delta=" + delta;
                    case Loss.Quantile(double q) -> " quantile=" + q;
                    case Loss.CrossEntropy(double smoothing) -> " label_smoothing=" + smoothing;
                    case Loss.Mse _, Loss.Mae _, Loss.LogCosh _, Loss.Bce _ -> "";
                };
        return loss.label() + settings;
    }

    private static String line(Optimizer optimizer) {
        String settings =
                switch (optimizer) {
                    case Optimizer.Sgd o ->
                            "sgd lr="
                                    + o.learningRate()
                                    + " momentum="
                                    + o.momentum()
                                    + " nesterov="
                                    + o.nesterov();
                    case Optimizer.RmsProp o ->
                            "rmsprop lr="
                                    + o.learningRate()
                                    + " alpha="
                                    + o.alpha()
                                    + " eps="
                                    + o.epsilon()
                                    + " momentum="
                                    + o.momentum();
                    case Optimizer.Adam o ->
                            "adam" + moments(o.learningRate(), o.beta1(), o.beta2(), o.epsilon());
                    case Optimizer.AdamW o ->
                            "adamw" + moments(o.learningRate(), o.beta1(), o.beta2(), o.epsilon());
                };
        return settings + " weight_decay=" + optimizer.weightDecay();
    }

    private static String moments(double lr, double beta1, double beta2, double eps) {
        return " lr=" + lr + " beta1=" + beta1 + " beta2=" + beta2 + " eps=" + eps;
    }

    private static String line(Augmentation augmentation) {
        return "shift="
                + augmentation.shift()
                + " flip="
                + Words.of(augmentation.flip())
                + " noise="
                + augmentation.noise();
    }

    private static String line(StabilityStop stability) {
        return switch (stability) {
            case StabilityStop.Off _ -> "none";
            case StabilityStop.On(double threshold, int window) ->
                    "threshold=" + threshold + " window=" + window;
        };
    }
}
