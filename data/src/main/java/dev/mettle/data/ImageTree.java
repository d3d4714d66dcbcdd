package dev.mettle.data;

import dev.mettle.core.study.DataException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The images of a folder with one subfolder for each class. Names that begin with a dot are
 * ignored, and so are files that are no images by their ending.
 *
 * @param classes names of the subfolders, in alphabetical order
 * @param files images by subfolder, then by name; at least one of each class
 */
record ImageTree(List<String> classes, List<ImageFile> files) {
    private static final Set<String> READ = Set.of("png", "jpg", "jpeg");
    private static final Set<String> OTHER_IMAGES =
            Set.of("gif", "bmp", "tif", "tiff", "webp", "jp2", "ppm", "pgm", "dcm", "nii");
    private static final String LAYOUT =
            "Images are read from a folder with one subfolder for each class: animals/cat/1.png,"
                    + " animals/dog/1.png, with 'file: animals'.";

    /**
     * Looks through a folder.
     *
     * @throws DataException (key {@code file}) when it is not laid out so, or a link leads out of
     *     it
     */
    static ImageTree of(Path folder) {
        if (!Files.exists(folder)) {
            throw FileChecks.absent(folder, List.of("")); // every neighbour may be meant
        }
        if (!Files.isDirectory(folder)) {
            throw wrong(folder, "is a file, not a folder of images. " + LAYOUT);
        }
        FileChecks.requirePermission(folder, "u+rx");
        Path root = realPath(folder);
        List<String> classes = new ArrayList<>();
        List<ImageFile> files = new ArrayList<>();
        for (Path entry : entries(folder)) {
            requireInside(root, entry);
            if (Files.isDirectory(entry)) {
                addClass(root, entry, classes.size(), files);
                classes.add(String.valueOf(entry.getFileName()));
            } else if (READ.contains(ending(entry))) {
                throw wrong(entry, "is an image without a class. " + LAYOUT);
            }
        }
        if (classes.isEmpty()) {
            throw wrong(folder, "has no subfolders. " + LAYOUT);
        }
        return new ImageTree(classes, files);
    }

    private static void addClass(Path root, Path folder, int label, List<ImageFile> files) {
        FileChecks.requirePermission(folder, "u+rx");
        int before = files.size();
        for (Path entry : entries(folder)) {
            requireInside(root, entry);
            if (Files.isDirectory(entry)) {
                throw wrong(entry, "is a folder in the folder of a class. " + LAYOUT);
            }
            if (READ.contains(ending(entry))) {
                FileChecks.requirePermission(entry, "u+r");
                files.add(ImageFile.of(entry, label));
            } else if (OTHER_IMAGES.contains(ending(entry))) {
                throw wrong(entry, "is neither PNG nor JPEG. Convert it, or take it away.");
            }
        }
        if (files.size() == before) {
            throw wrong(folder, "holds no PNG or JPEG image. Fill it, or take it away.");
        }
    }

    /** Returns what lies in a folder, by name; the order of the file system is any. */
    private static List<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !String.valueOf(entry.getFileName()).startsWith("."))
                    .sorted(Comparator.comparing(entry -> String.valueOf(entry.getFileName())))
                    .toList();
        } catch (IOException e) {
            throw FileChecks.unreadable(folder, e);
        }
    }

    private static void requireInside(Path root, Path entry) {
        if (!realPath(entry).startsWith(root)) {
            throw wrong(
                    entry,
                    "is a link out of the folder, to %s. Copy what it leads to into the folder."
                            .formatted(realPath(entry)));
        }
    }

    private static Path realPath(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw wrong(path, "is a link that leads nowhere. Take it away.");
        }
    }

    private static String ending(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static DataException wrong(Path path, String message) {
        return new DataException(FileChecks.KEY, "%s %s".formatted(path, message));
    }
}
