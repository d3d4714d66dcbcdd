package dev.mettle.core.study;

import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Network;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The identity of a candidate: SHA-256, in hexadecimal, of a canonical text of its network and
 * recipe in UTF-8. One line for each layer (a residual block has more), then those of the recipe
 * ({@link RecipeText}), each ended by a line feed, every number in full whether written or not:
 *
 * <pre>
 * conv2d channels=8 kernel=3 stride=1 padding=same                (or conv1d; see {@link WindowText})
 * activation relu
 * maxpool size=2 stride=2                                   (or maxpool1d, avgpool, avgpool1d)
 * global_avgpool                                                              (or global_maxpool)
 * flatten
 * dense units=16
 * concat features
 * embedding column=region dim=4
 * batchnorm eps=1.0E-5 momentum=0.1
 * layernorm eps=1.0E-5
 * dropout p=0.5
 * residual                                          (then the lines of its layers)
 * shortcut                                          (then the lines of its own, if there are any)
 * residual end
 * loss mse
 * optimizer adam lr=0.001 beta1=0.9 beta2=0.999 eps=1.0E-8 weight_decay=0.0
 * init kaiming_uniform
 * training batch=256 epochs=60
 * stability threshold=0.1 window=30
 * </pre>
 *
 * Whole numbers are decimal, the others as {@link Double#toString} gives them, so 1e-3 and 0.001
 * are the same. The number of codes of a categorical column is no part of it, as the number of
 * columns of a table is none. Names of dimensions, and how the file was written, are no part of it.
 * A setting that came later has a part of the text only where it is not what it was before it
 * existed, so that ids stay.
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
        network.layers().forEach(layer -> append(layer, text));
        RecipeText.lines(recipe).forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private static void append(Layer layer, StringBuilder text) {
        text.append(line(layer)).append('\n');
        if (layer instanceof Layer.Residual(var body, var shortcut)) {
            body.forEach(inside -> append(inside, text));
            text.append("shortcut\n");
            shortcut.forEach(inside -> append(inside, text));
            text.append("residual end\n");
        }
    }

    /** Returns the name of a layer in study files. */
    static String name(Layer layer) {
        String line = line(layer);
        int end = line.indexOf(' ');
        return end < 0 ? line : line.substring(0, end);
    }

    private static String line(Layer layer) {
        return switch (layer) {
            case Layer.Conv2d _, Layer.MaxPool _, Layer.AveragePool _ -> WindowText.of(layer);
            case Layer.GlobalPool(boolean largest) -> largest ? "global_maxpool" : "global_avgpool";
            case Layer.Activate(var function) -> "activation " + Words.of(function);
            case Layer.Flatten _ -> "flatten";
            case Layer.Dense(int units) -> "dense units=" + units;
            case Layer.ConcatFeatures _ -> "concat features";
            case Layer.Embedding(String column, _, int dim) ->
                    "embedding column=" + column + " dim=" + dim;
            case Layer.BatchNorm(double epsilon, double momentum) ->
                    "batchnorm eps=" + epsilon + " momentum=" + momentum;
            case Layer.LayerNorm(double epsilon) -> "layernorm eps=" + epsilon;
            case Layer.Dropout(double probability) -> "dropout p=" + probability;
            case Layer.Residual _ -> "residual";
        };
    }
}
