package dev.mettle.data;

import dev.mettle.core.study.DataException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A folder with one subfolder for each class, which holds the PNG and JPEG images of that class:
 * arrays {@code images}, (n, h, w) if all are grey, else (n, 3, h, w) with red, green, blue, and
 * {@code labels}, where the subfolders are numbered from 0 in alphabetical order. Images follow
 * each other by subfolder, then by name. Sizes are read when the folder is opened, pixels when they
 * are asked for; one decoded image is in memory beside the result.
 */
public final class ImageFolder implements DataFile {
    private static final String IMAGES = "images";
    private static final String LABELS = "labels";
    private static final int CLASSES_SHOWN = 10;

    private final Path folder;
    private final List<String> classes;
    private final List<ImageFile> files;
    private final boolean colour;

    private ImageFolder(Path folder, List<String> classes, List<ImageFile> files) {
        this.folder = folder;
        this.classes = List.copyOf(classes);
        this.files = List.copyOf(files);
        this.colour = files.stream().anyMatch(file -> file.header().colour());
    }

    /**
     * Opens a folder and reads the header of each image.
     *
     * @throws DataException (key {@code file}) when there is no such folder, it is not laid out as
     *     above, a link leads out of it, or the images are not of one size
     */
    public static ImageFolder open(Path folder) {
        ImageTree tree = ImageTree.of(folder);
        ImageFile first = tree.files().getFirst();
        for (ImageFile file : tree.files()) {
            if (file.header().width() != first.header().width()
                    || file.header().height() != first.header().height()) {
                throw new DataException(
                        FileChecks.KEY,
                        ("%s has %s pixels, but %s has %s (width x height): all images must be of"
                                        + " one size. Resize or crop them.")
                                .formatted(first.path(), first.size(), file.path(), file.size()));
            }
        }
        return new ImageFolder(folder, tree.classes(), tree.files());
    }

    @Override
    public String key() {
        return FileChecks.KEY;
    }

    @Override
    public String label() {
        return folder.toString();
    }

    @Override
    public SequencedSet<String> names() {
        return Collections.unmodifiableSequencedSet(new LinkedHashSet<>(List.of(IMAGES, LABELS)));
    }

    /** Returns the names of the subfolders; the label of an image is the index in this list. */
    public List<String> classes() {
        return classes;
    }

    @Override
    public DataArray array(String key, String name) {
        return switch (name) {
            case IMAGES -> new Images(key);
            case LABELS -> new Labels(key);
            default -> throw missing(key, name);
        };
    }

    @Override
    public String listing() {
        String codes =
                IntStream.range(0, Math.min(classes.size(), CLASSES_SHOWN))
                        .mapToObj(code -> "%d = %s".formatted(code, classes.get(code)))
                        .collect(Collectors.joining(", "));
        return "%s, %s (%s%s)"
                .formatted(
                        new Images(FileChecks.KEY).describe(),
                        new Labels(FileChecks.KEY).describe(),
                        codes,
                        classes.size() > CLASSES_SHOWN ? ", ..." : "");
    }

    /** Adds, image after image, the name of its subfolder, its own name, and its bytes. */
    @Override
    public void addTo(MessageDigest digest) {
        for (ImageFile file : files) {
            for (String name : List.of(classes.get(file.label()), file.name())) {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0); // no name holds it, so no two lists run together
            }
            FileChecks.addTo(digest, file.path());
        }
    }

    /** Does nothing: each image is opened when it is read. */
    @Override
    public Path path() {
        return folder;
    }

    @Override
    public void close() {}

    private final class Images extends StoredArray {
        private final int height = files.getFirst().header().height();
        private final int width = files.getFirst().header().width();

        Images(String key) {
            super(key, folder.toString(), IMAGES);
        }

        @Override
        public List<Long> shape() {
            long rows = files.size();
            return colour
                    ? List.of(rows, 3L, (long) height, (long) width)
                    : List.of(rows, (long) height, (long) width);
        }

        @Override
        public long count() {
            // no overflow: fewer than 2^31 files, and no image of more than 2^34 pixels is let in
            return Math.multiplyExact(
                    (long) files.size() * (colour ? 3 : 1), (long) height * width);
        }

        @Override
        String typeLabel() {
            return "uint8";
        }

        @Override
        void read(Sink sink) throws IOException {
            int pixels = height * width;
            int next = 0;
            for (ImageFile file : files) {
                int start = next;
                boolean spread = colour && !file.header().colour();
                try {
                    byte[] bytes = Files.readAllBytes(file.path());
                    ImagePixels.read(
                            bytes,
                            file.header(),
                            (channel, pixel, value) -> {
                                for (int c = channel; c <= (spread ? 2 : channel); c++) {
                                    sink.accept(start + c * pixels + pixel, value);
                                }
                            });
                } catch (ImageFormatException e) {
                    throw problem("can't be read: %s %s".formatted(file.path(), e.getMessage()));
                }
                next += pixels * (colour ? 3 : 1);
            }
        }
    }

    private final class Labels extends StoredArray {
        Labels(String key) {
            super(key, folder.toString(), LABELS);
        }

        @Override
        public List<Long> shape() {
            return List.of((long) files.size());
        }

        @Override
        public long count() {
            return files.size();
        }

        @Override
        String typeLabel() {
            return "int32";
        }

        @Override
        void read(Sink sink) {
            for (int i = 0; i < files.size(); i++) {
                sink.accept(i, files.get(i).label());
            }
        }
    }
}
