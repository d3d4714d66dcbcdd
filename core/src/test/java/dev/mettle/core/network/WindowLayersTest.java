package dev.mettle.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mettle.core.data.Shape;
import dev.mettle.core.network.Layer.Padding;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shapes, weights and work of convolutions and pools; shapes as torch.nn.Conv2d gives them. */
class WindowLayersTest {
    private static final Extent ONE = Extent.of(1);

    private static Window window(
            int height, int width, Extent stride, Extent dilation, Padding padding) {
        return new Window(new Extent(height, width), stride, dilation, padding, Axes.IMAGE);
    }

    private static Padding zeros(int height, int width) {
        return new Padding.Zeros(new Extent(height, width));
    }

    @ParameterizedTest
    @CsvSource({
        // height, kernel, stride, dilation, zeros, output
        "15, 3, 1, 1, 0, 13",
        "15, 3, 2, 1, 1, 8",
        "16, 3, 2, 1, 1, 8",
        "16, 4, 3, 1, 0, 5",
        "16, 3, 1, 4, 0, 8",
        "16, 3, 2, 4, 2, 6",
        "1, 5, 1, 1, 2, 1",
        "3, 1, 5, 1, 2, 2"
    })
    void sizesAreThoseOfPyTorch(
            int size, int kernel, int stride, int dilation, int zeros, int output) {
        Window tall =
                window(kernel, 1, new Extent(stride, 1), new Extent(dilation, 1), zeros(zeros, 0));
        assertThat(new Layer.Conv2d(7, tall, 1, true).output(new Shape(2, size, 4), 0))
                .isEqualTo(new Shape(7, output, 4));
        Window wide =
                window(1, kernel, new Extent(1, stride), new Extent(1, dilation), zeros(0, zeros));
        assertThat(new Layer.Conv2d(7, wide, 1, true).output(new Shape(2, 4, size), 0))
                .isEqualTo(new Shape(7, 4, output));
    }

    @Test
    void sameKeepsTheSizeWithTheOddZeroBehind() {
        Window even = window(4, 3, ONE, new Extent(3, 2), Padding.SAME);
        assertThat(even.before()).isEqualTo(new Extent(4, 2));
        assertThat(even.after()).isEqualTo(new Extent(5, 2));
        assertThat(even.reach()).isEqualTo(new Extent(10, 5));
        Shape image = new Shape(2, 3, 3);
        assertThat(new Layer.Conv2d(2, even, 1, true).output(image, 0)).isEqualTo(image);
    }

    @Test
    void groupsAndBiasesCountInWeightsAndWork() {
        Shape in = new Shape(6, 10, 8);
        Window kernel = window(3, 5, ONE, ONE, Padding.SAME);
        Layer one = new Layer.Conv2d(12, kernel, 1, true);
        Layer three = new Layer.Conv2d(12, kernel, 3, false);
        Layer depthwise = new Layer.Conv2d(6, kernel, 6, true);
        assertThat(one.parameters(in, 0)).isEqualTo(12 * (6 * 15 + 1));
        assertThat(three.parameters(in, 0)).isEqualTo(12 * 2 * 15);
        assertThat(depthwise.parameters(in, 0)).isEqualTo(6 * (15 + 1));
        assertThat(one.flops(in, 0)).isEqualTo(2.0 * 12 * 80 * 6 * 15);
        assertThat(three.flops(in, 0)).isEqualTo(2.0 * 12 * 80 * 2 * 15);
        assertThat(depthwise.flops(in, 0)).isEqualTo(2.0 * 6 * 80 * 15);
    }

    @Test
    void groupsDivideBothKindsOfChannels() {
        Window kernel = new Window(3, 1, Padding.SAME);
        assertThatThrownBy(() -> new Layer.Conv2d(10, kernel, 4, true))
                .hasMessage("groups (4) must divide channels (10).");
        Layer layer = new Layer.Conv2d(8, kernel, 4, true);
        assertThatThrownBy(() -> layer.output(new Shape(6, 5, 5), 0))
                .isInstanceOf(NetworkShapeException.class)
                .hasMessage("its groups (4) must divide the 6 channels of the input.");
    }

    @Test
    void poolsKeepChannelsAndGlobalPoolsLeaveOneNumberOfEach() {
        Shape in = new Shape(3, 11, 8);
        Window window = window(3, 2, new Extent(2, 1), ONE, zeros(1, 1));
        assertThat(new Layer.MaxPool(window).output(in, 0)).isEqualTo(new Shape(3, 6, 9));
        assertThat(new Layer.AveragePool(window).output(in, 0)).isEqualTo(new Shape(3, 6, 9));
        Layer.GlobalPool global = new Layer.GlobalPool(false);
        assertThat(global.output(in, 0)).isEqualTo(Shape.flat(3));
        assertThat(global.over(in).output(in, 0)).isEqualTo(Shape.flat(3));
        assertThat(new Layer.GlobalPool(true).over(in)).isInstanceOf(Layer.MaxPool.class);
        assertThatThrownBy(() -> new Layer.MaxPool(new Window(3, 1, zeros(2, 1))))
                .hasMessage("padding (2x1) must be at most half of size (3).");
    }

    @Test
    void aSequenceHasNoHeight() {
        Window five = new Window(new Extent(1, 5), ONE, ONE, Padding.VALID, Axes.SEQUENCE);
        Layer layer = new Layer.Conv2d(4, five, 1, true);
        assertThat(layer.output(new Shape(3, 1, 20), 0)).isEqualTo(new Shape(4, 1, 16));
        assertThatThrownBy(() -> layer.output(new Shape(3, 2, 20), 0))
                .hasMessageStartingWith(
                        "conv1d needs a sequence, [channels, length], but gets the image [3, 2,"
                                + " 20].");
        assertThatThrownBy(() -> layer.output(new Shape(3, 1, 4), 0))
                .hasMessage("its kernel of 5 does not fit into the input of 4.");
        assertThatThrownBy(() -> layer.output(Shape.flat(30), 0))
                .hasMessageContaining("input_layout: sequence");
        assertThatThrownBy(() -> new Layer.MaxPool(2, 2).output(new Shape(3, 1, 4), 0))
                .hasMessage(
                        "its window of 2 x 2 does not fit into the input of 1 x 4. For sequences"
                                + " there is maxpool1d.");
    }

    @Test
    void whatDoesNotFitSaysWhatItReachesAndWhatThereIs() {
        Layer spread = new Layer.Conv2d(4, window(3, 2, ONE, Extent.of(4), zeros(1, 2)), 1, true);
        assertThatThrownBy(() -> spread.output(new Shape(1, 6, 9), 0))
                .hasMessage(
                        "its kernel of 3 x 2, which dilation makes 9 x 5, does not fit into the"
                                + " input of 6 x 9, with its padding 8 x 13.");
        assertThatThrownBy(() -> new Window(0, 1, Padding.VALID)).hasMessageContaining("size (0)");
        assertThatThrownBy(() -> new Window(1, 0, Padding.VALID)).hasMessageContaining("stride");
        assertThatThrownBy(() -> window(1, 1, ONE, Extent.of(0), Padding.VALID))
                .hasMessageContaining("dilation");
        assertThatThrownBy(() -> zeros(0, -1)).hasMessageContaining("padding (0x-1)");
        assertThatThrownBy(() -> new Window(3, 2, Padding.SAME))
                .hasMessageContaining("must be 1 with padding: same");
    }
}
