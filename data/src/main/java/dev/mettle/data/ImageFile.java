package dev.mettle.data;

import dev.mettle.core.study.DataException;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An image of a class.
 *
 * @param path where it lies
 * @param label number of its class, from 0
 * @param header its size and kind
 */
record ImageFile(Path path, int label, ImageHeader header) {
    /**
     * Reads the header of an image.
     *
     * @throws DataException (key {@code file}) when it is none, or one that is not read
     */
    static ImageFile of(Path path, int label) {
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
            ImageFile file = new ImageFile(path, label, ImageHeader.read(in));
            long length = Files.size(path);
            if (!file.header.fits(length)) {
                throw wrong(
                        path,
                        "claims %s pixels, which no file of %d bytes can hold: it is damaged."
                                .formatted(file.size(), length));
            }
            return file;
        } catch (ImageFormatException e) {
            throw wrong(path, String.valueOf(e.getMessage()));
        } catch (EOFException e) {
            throw wrong(path, "is cut short. Copy or download it again, or take it away.");
        } catch (IOException e) {
            throw FileChecks.unreadable(path, e);
        }
    }

    private static DataException wrong(Path path, String message) {
        return new DataException(FileChecks.KEY, "%s %s".formatted(path, message));
    }

    /** Returns width and height for messages. */
    String size() {
        return "%d x %d".formatted(header.width(), header.height());
    }

    /** Returns the file's own name. */
    String name() {
        return String.valueOf(path.getFileName());
    }
}
