package dev.mettle.cli.yaml;

import static dev.mettle.cli.yaml.StudyText.SHORTEST;
import static dev.mettle.cli.yaml.StudyText.problems;
import static dev.mettle.cli.yaml.StudyText.with;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Layer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/** Study files with normalisations, dropout and residual blocks. */
class DeepStudyTest {
    private static final Layer RELU = new Layer.Activate(Activation.RELU);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    batchnorm: {eps: 0} | f:9:55: eps must be a number above 0, but is 0.
                    batchnorm: {momentum: 0} | f:9:60: momentum must be a number above 0 and at most 1, but is 0.
                    batchnorm: {momentum: 1.5} | f:9:60: momentum must be a number above 0 and at most 1, but is 1.5.
                    batchnorm: {axis: 1} | f:9:50: unknown key 'axis' in 'batchnorm'. Allowed: eps, momentum.
                    layernorm: {momentum: 1} | f:9:50: unknown key 'momentum' in 'layernorm'. Allowed: eps.
                    dropout: 1 | f:9:47: dropout must be a number of 0 or more and below 1, but is 1.
                    dropout: half | f:9:47: dropout must be a number of 0 or more and below 1, but is 'half'.
                    residual: [] | f:9:48: a residual block needs a layer; write residual: [dense: 16, activation: relu].
                    residual: {shortcut: [flatten]} | f:9:38: 'layers' is missing in 'residual'.
                    residual: {layers: 3} | f:9:57: layers of residual must be a list of layers, but is 3. Begin each layer with its own '-'.
                    residual: [dense: 9] | f:9:38: residual: its layers make [9, 1, 1] of [8, 1, 1], so their input can't be added; keep the shape, or add a shortcut, such as a conv2d with a kernel of 1.
                    residual: {layers: [dense: 9], shortcut: [dense: 7]} | f:9:38: residual: its layers give [9, 1, 1], its shortcut [7, 1, 1]; they must give the same.
                    residual: [dense: 9, maxpool: 2] | f:9:59: maxpool: its window of 2 x 2 does not fit into the input of 1 x 1.
                    residual: {layers: [dense: 9], shortcut: [residual: [dense: 8, maxpool: 2]]} | f:9:101: maxpool: its window of 2 x 2 does not fit into the input of 1 x 1.
                    residual: [concat: features, dense: 8] | f:9:49: concat appends the features of the data, but 'data' names none; add features: [...] to it.
                    """)
    void aMistakeIsReportedWhereItIs(String replacement, String expected) {
        assertThat(problems(with(SHORTEST, "activation: relu", replacement)))
                .singleElement()
                .asString()
                .startsWith(expected);
    }

    @Test
    void blocksAreReadAsTheyAreWritten() {
        assertThat(layers("batchnorm")).contains(new Layer.BatchNorm(1e-5, 0.1));
        assertThat(layers("batchnorm: {momentum: 0.2}")).contains(new Layer.BatchNorm(1e-5, 0.2));
        assertThat(layers("layernorm: {eps: 1e-3}")).contains(new Layer.LayerNorm(1e-3));
        assertThat(layers("dropout: 0.25")).contains(new Layer.Dropout(0.25));
        assertThat(layers("residual: [batchnorm, activation: relu, residual: [dense: 8]]"))
                .contains(
                        new Layer.Residual(
                                List.of(
                                        new Layer.BatchNorm(1e-5, 0.1),
                                        RELU,
                                        new Layer.Residual(List.of(new Layer.Dense(8)), List.of())),
                                List.of()));
        assertThat(layers("residual: {layers: [dense: 9], shortcut: [dense: 9]}"))
                .contains(
                        new Layer.Residual(
                                List.of(new Layer.Dense(9)), List.of(new Layer.Dense(9))));
    }

    private static List<Layer> layers(String written) {
        return StudyText.read(with(SHORTEST, "activation: relu", written))
                .candidates()
                .getFirst()
                .network()
                .layers();
    }
}
