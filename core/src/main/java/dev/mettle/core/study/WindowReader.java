package dev.mettle.core.study;

import dev.mettle.core.document.Node;
import dev.mettle.core.document.Place;
import dev.mettle.core.document.Scalar;
import dev.mettle.core.document.Sequence;
import dev.mettle.core.network.Axes;
import dev.mettle.core.network.Extent;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Window;

import java.util.List;
import java.util.Optional;

/** Reads layers in which a window moves over an image or a sequence: convolutions and pools. */
final class WindowReader {
    /** Settings of a convolution. */
    static final List<String> CONVOLUTION =
            List.of("channels", "kernel", "padding", "stride", "dilation", "groups", "bias");

    /** Settings of a pool. */
    static final List<String> POOL = List.of("size", "stride", "padding");

    /** Largest size, step, distance or padding. */
    static final int LARGEST = 1_000;

    private final Axes axes;
    private final Problems problems;
    private final Values values;

    WindowReader(Axes axes, Problems problems) {
        this.axes = axes;
        this.problems = problems;
        this.values = new Values(problems);
    }

    /** Reads a convolution. */
    Optional<Layer> convolution(Section section) {
        Optional<Integer> channels = section.whole("channels", 1, LayerReader.MOST_UNITS);
        Optional<Extent> kernel = extent(section, "kernel", 1);
        Optional<Extent> stride = extent(section, "stride", 1, StudyDefaults.STRIDE);
        Optional<Extent> dilation = extent(section, "dilation", 1, StudyDefaults.DILATION);
        Optional<Layer.Padding> padding = padding(section);
        Optional<Integer> groups =
                section.whole("groups", 1, LayerReader.MOST_UNITS, StudyDefaults.GROUPS);
        Optional<Boolean> bias = section.truth("bias", StudyDefaults.CONVOLUTION_BIAS);
        if (channels.isEmpty() || kernel.isEmpty() || stride.isEmpty() || dilation.isEmpty()) {
            return Optional.empty();
        }
        if (padding.isEmpty() || groups.isEmpty() || bias.isEmpty()) {
            return Optional.empty();
        }
        boolean kept = checkStride(section, padding.get(), stride.get());
        boolean divided = checkGroups(section, channels.get(), groups.get());
        return kept && divided
                ? Optional.of(
                        new Layer.Conv2d(
                                channels.get(),
                                new Window(
                                        kernel.get(),
                                        stride.get(),
                                        dilation.get(),
                                        padding.get(),
                                        axes),
                                groups.get(),
                                bias.get()))
                : Optional.empty();
    }

    private boolean checkStride(Section section, Layer.Padding padding, Extent stride) {
        boolean right = padding instanceof Layer.Padding.Zeros || stride.equals(Extent.of(1));
        if (!right) {
            problems.add(
                    section.place("stride"),
                    "stride (%s) must be 1 with padding: same, as in PyTorch; use padding: valid.",
                    shown(stride));
        }
        return right;
    }

    private boolean checkGroups(Section section, int channels, int groups) {
        boolean right = channels % groups == 0;
        if (!right) {
            problems.add(
                    section.place("groups"),
                    "groups (%d) must divide channels (%d).",
                    groups,
                    channels);
        }
        return right;
    }

    private Optional<Layer.Padding> padding(Section section) {
        return section.has("padding")
                ? section.value("padding").flatMap(node -> padding(node, section))
                : Optional.of(StudyDefaults.PADDING);
    }

    private Optional<Layer.Padding> padding(Node node, Section section) {
        if (!(node instanceof Scalar scalar) || scalar.kind() != Scalar.Kind.STRING) {
            return extent(node, section::resolve, "padding", 0).map(Layer.Padding.Zeros::new);
        }
        if (Words.PADDINGS.containsKey(scalar.text())) {
            return Optional.of(Words.PADDINGS.get(scalar.text()));
        }
        problems.add(
                node.place(),
                "padding must be %s or a number of zeros, but is %s%s",
                String.join(", ", Words.PADDINGS.sequencedKeySet()),
                node.described(),
                Suggestion.ending(scalar.text(), Words.PADDINGS.sequencedKeySet()));
        return Optional.empty();
    }

    /** Reads the window of a pool, given as its size alone or with other settings. */
    Optional<Window> pool(Node value, String name, Place at, Scope scope) {
        if (value instanceof Scalar || value instanceof Sequence) {
            return extent(value, scope, name, 1)
                    .map(size -> pool(size, size, of(StudyDefaults.POOL_PADDING, 0)));
        }
        return Section.open(value, "'" + name + "'", at, POOL, scope, problems).flatMap(this::pool);
    }

    private Optional<Window> pool(Section section) {
        Optional<Extent> size = extent(section, "size", 1);
        Optional<Extent> stride = section.has("stride") ? extent(section, "stride", 1) : size;
        Optional<Extent> padding = extent(section, "padding", 0, StudyDefaults.POOL_PADDING);
        if (size.isEmpty() || stride.isEmpty() || padding.isEmpty()) {
            return Optional.empty();
        }
        if (2 * padding.get().height() > size.get().height()
                || 2 * padding.get().width() > size.get().width()) {
            problems.add(
                    section.place("padding"),
                    "padding (%s) must be at most half of size (%s), as in PyTorch.",
                    shown(padding.get()),
                    shown(size.get()));
            return Optional.empty();
        }
        return Optional.of(pool(size.get(), stride.get(), padding.get()));
    }

    private Window pool(Extent size, Extent stride, Extent padding) {
        return new Window(size, stride, Extent.of(1), new Layer.Padding.Zeros(padding), axes);
    }

    private Optional<Extent> extent(Section section, String key, int least) {
        return section.required(key).flatMap(node -> extent(node, section::resolve, key, least));
    }

    private Optional<Extent> extent(Section section, String key, int least, int absent) {
        return section.has(key)
                ? section.value(key).flatMap(node -> extent(node, section::resolve, key, least))
                : Optional.of(of(absent, least));
    }

    /** Reads one number, or for images two: [height, width]. */
    private Optional<Extent> extent(Node node, Scope scope, String key, int least) {
        if (!(node instanceof Sequence sequence)) {
            return values.whole(node, key, least, LARGEST).map(number -> of(number, least));
        }
        if (axes == Axes.SEQUENCE || sequence.items().size() != 2) {
            problems.add(
                    node.place(),
                    axes == Axes.SEQUENCE
                            ? "%s must be one whole number from %d to %d, but is %s."
                            : "%s must be a whole number from %d to %d, or two of them for height"
                                    + " and width, such as [3, 5], but is %s.",
                    key,
                    least,
                    LARGEST,
                    node.described());
            return Optional.empty();
        }
        Optional<Integer> height = element(sequence.items().getFirst(), scope, key, least);
        Optional<Integer> width = element(sequence.items().getLast(), scope, key, least);
        return height.flatMap(h -> width.map(w -> new Extent(h, w)));
    }

    private Optional<Integer> element(Node node, Scope scope, String key, int least) {
        return scope.resolve(node)
                .flatMap(value -> values.whole(value, "a number of " + key, least, LARGEST));
    }

    /** Returns the number for all axes; a sequence has a height with the least of numbers. */
    private Extent of(int number, int least) {
        return axes == Axes.SEQUENCE ? new Extent(least, number) : Extent.of(number);
    }

    private String shown(Extent extent) {
        return axes == Axes.SEQUENCE ? Integer.toString(extent.width()) : extent.toString();
    }
}
