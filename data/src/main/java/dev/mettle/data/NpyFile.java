package dev.mettle.data;

import dev.mettle.core.study.DataException;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A NumPy {@code .npy} file: one array of numbers, named after the file without its ending. The
 * header is read when the file is opened, the numbers when they are asked for.
 */
public final class NpyFile extends OneArrayFile {
    private static final String SUFFIX = ".npy";

    private final NpyHeader header;

    private NpyFile(Path path, NpyHeader header) {
        super(path, FileChecks.arrayName(path, SUFFIX));
        this.header = header;
    }

    /**
     * Opens a file, reads its header and checks it against the length of the file.
     *
     * @throws DataException (key {@code file}) when there is no such file, it can't be read, it is
     *     no {@code .npy} file of plain numbers, or it is damaged or cut short
     */
    public static NpyFile open(Path path) {
        FileChecks.requireReadable(path, SUFFIX);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            NpyFile file = new NpyFile(path, NpyHeader.read(in));
            file.requireHonestSize();
            return file;
        } catch (NpyFormatException e) {
            throw new DataException(
                    FileChecks.KEY,
                    "%s %s"
                            .formatted(
                                    path, String.valueOf(e.getMessage()).replace("savez", "save")));
        } catch (IOException e) {
            throw new DataException(
                    FileChecks.KEY,
                    "%s is damaged or cut short (%s). Copy or download it again."
                            .formatted(path, Damage.why(e)));
        }
    }

    private void requireHonestSize() throws IOException {
        long bytes = header.type().bytes();
        long stored = Files.size(path()) - header.length();
        boolean countable = header.count() <= (Long.MAX_VALUE - header.length()) / bytes;
        if (!countable || header.count() * bytes > stored) {
            throw new DataException(
                    FileChecks.KEY,
                    ("%s claims the shape %s of %s, but holds %d bytes of numbers: it is damaged or"
                                    + " cut short. Copy or download it again.")
                            .formatted(path(), header.shapeText(), header.type().label(), stored));
        }
        if (header.count() * bytes < stored) {
            throw new DataException(
                    FileChecks.KEY,
                    ("%s has %d bytes behind its array %s: it is damaged, or several arrays were"
                         + " saved into it. Save them with numpy.savez(file, a=..., b=...).")
                            .formatted(
                                    path(), stored - header.count() * bytes, header.shapeText()));
        }
    }

    @Override
    StoredArray read(String key, String name) {
        return new Whole(key, name);
    }

    private final class Whole extends StoredArray {
        Whole(String key, String name) {
            super(key, path().toString(), name);
        }

        @Override
        public List<Long> shape() {
            return header.shape();
        }

        @Override
        public long count() {
            return header.count();
        }

        @Override
        String typeLabel() {
            return header.type().label();
        }

        @Override
        void read(Sink sink) throws IOException, NpyFormatException {
            try (InputStream in = Files.newInputStream(path())) {
                in.skipNBytes(header.length());
                header.numbers().read(in, sink);
            }
        }
    }
}
