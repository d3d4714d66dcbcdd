package dev.mettle.core.study;

import static dev.mettle.core.study.SchemaNode.list;
import static dev.mettle.core.study.SchemaNode.section;
import static dev.mettle.core.study.SchemaNode.truth;
import static dev.mettle.core.study.SchemaNode.whole;
import static dev.mettle.core.study.SchemaNode.word;

import dev.mettle.core.network.Axes;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** The schema of convolutions and pools. */
final class WindowSchema {
    private WindowSchema() {}

    /** Adds the layers. */
    static void addTo(SequencedMap<String, SchemaNode> layers) {
        layers.put("conv2d", convolution(Axes.IMAGE));
        layers.put("conv1d", convolution(Axes.SEQUENCE));
        layers.put("maxpool", pool(Axes.IMAGE));
        layers.put("maxpool1d", pool(Axes.SEQUENCE));
        layers.put("avgpool", pool(Axes.IMAGE));
        layers.put("avgpool1d", pool(Axes.SEQUENCE));
    }

    private static SchemaNode convolution(Axes axes) {
        boolean image = axes == Axes.IMAGE;
        SchemaNode padding =
                ModelSchema.orReference(word(Words.PADDINGS.sequencedKeySet()), extent(axes, 0));
        Map<String, SchemaNode> properties =
                Map.of(
                        "channels",
                        ModelSchema.orReference(ModelSchema.units()).says("Output channels."),
                        "kernel",
                        extent(axes, 1)
                                .says(
                                        image
                                                ? "Side of a square kernel, or [height, width]."
                                                : "Length of the kernel."),
                        "padding",
                        padding.absent("valid")
                                .says("Zeros before and after; same keeps the size, at stride 1."),
                        "stride",
                        extent(axes, 1).absent(StudyDefaults.STRIDE),
                        "dilation",
                        extent(axes, 1)
                                .absent(StudyDefaults.DILATION)
                                .says("Distance of the kernel's elements."),
                        "groups",
                        ModelSchema.orReference(ModelSchema.units())
                                .absent(StudyDefaults.GROUPS)
                                .says(
                                        "Groups of channels; as many as input channels make it"
                                                + " depthwise."),
                        "bias",
                        ModelSchema.orReference(truth()).absent(StudyDefaults.CONVOLUTION_BIAS));
        return ModelSchema.orReference(
                section(WindowReader.CONVOLUTION, List.of("channels", "kernel"), properties));
    }

    private static SchemaNode pool(Axes axes) {
        Map<String, SchemaNode> properties =
                Map.of(
                        "size",
                        extent(axes, 1),
                        "stride",
                        extent(axes, 1).says("The size when absent."),
                        "padding",
                        extent(axes, 0)
                                .absent(StudyDefaults.POOL_PADDING)
                                .says("By how much windows reach over each edge."));
        return ModelSchema.orReference(
                extent(axes, 1), section(WindowReader.POOL, List.of("size"), properties));
    }

    private static SchemaNode extent(Axes axes, int least) {
        SchemaNode one = whole(least, WindowReader.LARGEST);
        SchemaNode pair = list(ModelSchema.orReference(one), 2).with("maxItems", 2);
        return axes == Axes.IMAGE
                ? ModelSchema.orReference(one, pair)
                : ModelSchema.orReference(one);
    }
}
