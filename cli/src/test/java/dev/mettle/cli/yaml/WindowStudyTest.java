package dev.mettle.cli.yaml;

import static dev.mettle.cli.yaml.StudyText.SHORTEST;
import static dev.mettle.cli.yaml.StudyText.problems;
import static dev.mettle.cli.yaml.StudyText.with;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Axes;
import dev.mettle.core.network.Extent;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Layer.Padding;
import dev.mettle.core.network.Window;
import dev.mettle.core.study.InputLayout;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Study files with convolutions and pools of every kind, of images of 15 x 15. */
class WindowStudyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    conv2d: {channels: 4, kernel: [3]} | f:9:49: kernel must be a whole number from 1 to 1000, or two of them for height and width, such as [3, 5], but is a list.
                    conv2d: {channels: 4, kernel: [3, 0]} | f:9:53: a number of kernel must be a whole number from 1 to 1000, but is 0.
                    conv2d: {channels: 4, kernel: 3, padding: some} | f:9:61: padding must be valid, same or a number of zeros, but is 'some'; did you mean "same"?
                    conv2d: {channels: 4, kernel: 3, padding: -1} | f:9:61: padding must be a whole number from 0 to 1000, but is -1.
                    conv2d: {channels: 4, kernel: 3, padding: same, stride: [1, 2]} | f:9:75: stride (1x2) must be 1 with padding: same, as in PyTorch; use padding: valid.
                    conv2d: {channels: 6, kernel: 3, groups: 4} | f:9:60: groups (4) must divide channels (6).
                    conv2d: {channels: 6, kernel: 3, groups: 2} | f:9:19: conv2d: its groups (2) must divide the 1 channel of the input.
                    conv2d: {channels: 6, kernel: 3, bias: 1} | f:9:58: bias must be true or false, but is 1.
                    conv2d: {channels: 6, kernel: 3, group: 1} | f:9:52: unknown key 'group' in 'conv2d'; did you mean "groups"? Allowed: channels, kernel, padding, stride, dilation, groups, bias.
                    conv2d: {channels: 6, kernel: [3, 17]} | f:9:19: conv2d: its kernel of 3 x 17 does not fit into the input of 15 x 15.
                    conv2d: {channels: 6, kernel: 3, dilation: 8} | f:9:19: conv2d: its kernel of 3 x 3, which dilation makes 17 x 17, does not fit into the input of 15 x 15.
                    conv2d: {channels: 6, kernel: 19, padding: 1} | f:9:19: conv2d: its kernel of 19 x 19 does not fit into the input of 15 x 15, with its padding 17 x 17.
                    conv1d: {channels: 4, kernel: 3} | f:9:19: conv1d needs a sequence, [channels, length], but gets the image [1, 15, 15]. Arrays (n, length) and (n, channels, length) are sequences with input_layout: sequence in 'data'.
                    conv1d: {channels: 4, kernel: [1, 3]} | f:9:49: kernel must be one whole number from 1 to 1000, but is a list.
                    maxpool: {size: 2, padding: 2} | f:9:47: padding (2) must be at most half of size (2), as in PyTorch.
                    maxpool1d: 2 | f:9:19: maxpool1d needs a sequence, [channels, length], but gets the image [1, 15, 15].
                    avgpool: {size: [2, 16]} | f:9:19: avgpool: its window of 2 x 16 does not fit into the input of 15 x 15.
                    avgpool: [2, x] | f:9:32: a number of avgpool must be a whole number from 1 to 1000, but is 'x'.
                    global_avgpool: 2 | f:9:35: global_avgpool has no settings, but is given 2.
                    """)
    void aMistakeIsReportedWhereItIs(String replacement, String expected) {
        assertThat(problems(with(SHORTEST, "flatten", replacement + ", flatten")))
                .singleElement()
                .asString()
                .startsWith(expected);
    }

    @Test
    void layersAreReadAsTheyAreWritten() {
        Extent one = Extent.of(1);
        assertThat(first("conv2d: {channels: 4, kernel: 3}"))
                .isEqualTo(new Layer.Conv2d(4, 3, 1, Padding.VALID));
        assertThat(first("conv2d: {channels: 4, kernel: 3, padding: 0}"))
                .isEqualTo(new Layer.Conv2d(4, 3, 1, Padding.VALID));
        assertThat(first("conv2d: {channels: 4, kernel: [3, 5], stride: 2, padding: [1, 2]}"))
                .isEqualTo(
                        new Layer.Conv2d(
                                4,
                                new Window(
                                        new Extent(3, 5),
                                        Extent.of(2),
                                        one,
                                        new Padding.Zeros(new Extent(1, 2)),
                                        Axes.IMAGE),
                                1,
                                true));
        assertThat(first("conv2d: {channels: 4, kernel: 3, dilation: [2, 1], bias: false}"))
                .isEqualTo(
                        new Layer.Conv2d(
                                4,
                                new Window(
                                        Extent.of(3),
                                        one,
                                        new Extent(2, 1),
                                        Padding.VALID,
                                        Axes.IMAGE),
                                1,
                                false));
        assertThat(first("maxpool: [2, 3]"))
                .isEqualTo(
                        new Layer.MaxPool(
                                new Window(
                                        new Extent(2, 3),
                                        new Extent(2, 3),
                                        one,
                                        Padding.VALID,
                                        Axes.IMAGE)));
        assertThat(first("avgpool: {size: 3, stride: 2, padding: 1}"))
                .isEqualTo(
                        new Layer.AveragePool(new Window(3, 2, new Padding.Zeros(Extent.of(1)))));
        assertThat(first("global_maxpool")).isEqualTo(new Layer.GlobalPool(true));
        assertThat(first("global_avgpool")).isEqualTo(new Layer.GlobalPool(false));
        assertThat(first("activation: softmax")).isEqualTo(new Layer.Activate(Activation.SOFTMAX));
    }

    @Test
    void aSequenceIsAnImageOfHeightOne() {
        assertThat(first("conv2d: {channels: 4, kernel: 15}, maxpool1d: {size: 1, padding: 0}"))
                .isEqualTo(new Layer.Conv2d(4, 15, 1, Padding.VALID));
        String rows = "conv2d: {channels: 2, kernel: [15, 1]}, ";
        Window window =
                new Window(
                        new Extent(1, 5),
                        new Extent(1, 2),
                        Extent.of(1),
                        new Padding.Zeros(new Extent(0, 2)),
                        Axes.SEQUENCE);
        assertThat(
                        StudyText.read(
                                        with(
                                                SHORTEST,
                                                "flatten",
                                                rows
                                                        + "conv1d: {channels: 4, kernel: 5, stride:"
                                                        + " 2, padding: 2}, flatten"))
                                .candidates()
                                .getFirst()
                                .network()
                                .layers()
                                .get(1))
                .isEqualTo(new Layer.Conv2d(4, window, 1, true));
    }

    @Test
    void theLayoutOfTheInputIsRead() {
        String text = with(SHORTEST, "input: cells", "input: cells\n  input_layout: sequence");
        assertThat(StudyText.read(text).data().layout()).contains(InputLayout.SEQUENCE);
        assertThat(StudyText.read(SHORTEST).data().layout()).isEmpty();
        assertThat(problems(with(text, "sequence", "series")))
                .singleElement()
                .asString()
                .startsWith(
                        "f:5:17: input_layout must be table, image or sequence, but is 'series'");
    }

    private static Layer first(String written) {
        return StudyText.read(with(SHORTEST, "flatten", written + ", flatten"))
                .candidates()
                .getFirst()
                .network()
                .layers()
                .getFirst();
    }
}
