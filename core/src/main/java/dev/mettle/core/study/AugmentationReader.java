package dev.mettle.core.study;

import dev.mettle.core.data.Shape;
import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Scalar;

import java.util.List;
import java.util.Optional;

/** Reads {@code augment} of the section {@code training}. */
final class AugmentationReader {
    /** Keys of the setting. */
    static final List<String> KEYS = List.of("shift", "crop", "flip", "noise");

    private static final String KEY = "augment";
    private static final String SHIFT = "shift";
    private static final String CROP = "crop";

    private final Optional<Shape> input;
    private final Problems problems;

    /** Takes the shape of a row's input; empty when it could not be read. */
    AugmentationReader(Optional<Shape> input, Problems problems) {
        this.input = input;
        this.problems = problems;
    }

    Optional<Augmentation> read(Section training, Scope scope) {
        if (!training.has(KEY)) {
            return Optional.of(StudyDefaults.AUGMENTATION);
        }
        return training.value(KEY).flatMap(node -> augmentation(node, training, scope));
    }

    private Optional<Augmentation> augmentation(Node node, Section training, Scope scope) {
        if (node instanceof Scalar scalar && scalar.text().equals("none")) {
            return Optional.of(Augmentation.NONE);
        }
        if (!(node instanceof Mapping)) {
            problems.add(
                    node.place(),
                    "augment must be none or a mapping such as {shift: 2, flip: horizontal}, but is"
                            + " %s.",
                    node.described());
            return Optional.empty();
        }
        return Section.open(node, "'augment'", training.keyPlace(KEY), KEYS, scope, problems)
                .flatMap(this::augmentation);
    }

    private Optional<Augmentation> augmentation(Section section) {
        Optional<Integer> shift = shift(section);
        Optional<Augmentation.Flip> flip =
                section.word("flip", Words.FLIPS, StudyDefaults.AUGMENTATION.flip());
        Optional<Double> noise =
                section.number("noise", Limits.NOT_NEGATIVE, StudyDefaults.AUGMENTATION.noise());
        if (shift.isEmpty() || flip.isEmpty() || noise.isEmpty()) {
            return Optional.empty();
        }
        Augmentation read = new Augmentation(shift.get(), flip.get(), noise.get());
        return fits(read, section) ? Optional.of(read) : Optional.empty();
    }

    /** A crop after padding moves the image by as much as is padded. */
    private Optional<Integer> shift(Section section) {
        if (section.has(SHIFT) && section.has(CROP)) {
            problems.add(
                    section.keyPlace(CROP),
                    "crop and shift are the same: crop: 4 pads an image by 4 zeros on each side and"
                            + " cuts its size out again, which moves it by up to 4 pixels. Keep one"
                            + " of them.");
            return Optional.empty();
        }
        return section.whole(
                section.has(CROP) ? CROP : SHIFT,
                0,
                Integer.MAX_VALUE,
                StudyDefaults.AUGMENTATION.shift());
    }

    private boolean fits(Augmentation read, Section section) {
        if (input.isEmpty() || !read.isSpatial()) {
            return true;
        }
        Shape shape = input.get();
        String key = read.shift() == 0 ? "flip" : section.has(CROP) ? CROP : SHIFT;
        if (shape.isFlat()) {
            problems.add(
                    section.keyPlace(key),
                    "%s moves the pixels of images, but the input is a table of %d column%s; only"
                            + " noise is for tables.",
                    key,
                    shape.channels(),
                    shape.channels() == 1 ? "" : "s");
            return false;
        }
        int smallest = smallestSide(shape);
        if (read.shift() >= smallest) {
            problems.add(
                    section.place(key),
                    "%s (%d) must be smaller than the image, which has %d x %d pixels; at most %d.",
                    key,
                    read.shift(),
                    shape.height(),
                    shape.width(),
                    smallest - 1);
            return false;
        }
        return true;
    }

    /** Returns the smaller of height and width; along a side of a single pixel nothing moves. */
    private static int smallestSide(Shape shape) {
        return shape.height() == 1 || shape.width() == 1
                ? Math.max(shape.height(), shape.width())
                : Math.min(shape.height(), shape.width());
    }
}
