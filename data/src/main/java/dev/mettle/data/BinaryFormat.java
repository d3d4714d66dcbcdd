package dev.mettle.data;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * A format that is told by its first bytes, or is a folder.
 *
 * @param name what messages call it
 * @param endings of its files, in small letters
 * @param test of the first bytes of a file, of which there are none of a directory
 * @param reader opens a file
 */
record BinaryFormat(
        String name,
        List<String> endings,
        BiPredicate<byte[], Path> test,
        Function<Path, DataFile> reader)
        implements DataFormat {
    /** The eight bytes with which HDF5 begins, perhaps after a block of 512 bytes or more. */
    private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

    private static final byte[] NPY = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final byte[] ROOT = {'r', 'o', 'o', 't'};
    private static final byte[] ZIP = {'P', 'K'};

    /** The bytes that an IDX file may have in third place: types of numbers. */
    private static final String IDX_TYPES = "\u0008\u0009\u000b\u000c\r\u000e";

    /** Zip files of NumPy arrays. */
    static final DataFormat NPZ =
            new BinaryFormat(
                    "NumPy archives (.npz)",
                    List.of(".npz"),
                    (head, _) -> begins(head, ZIP),
                    NpzFile::open);

    /** One NumPy array. */
    static final DataFormat SINGLE =
            new BinaryFormat(
                    "NumPy arrays (.npy)",
                    List.of(".npy"),
                    (head, _) -> begins(head, NPY),
                    NpyFile::open);

    /** Hierarchical data. */
    static final DataFormat HIERARCHY =
            new BinaryFormat(
                    "HDF5 files (.h5, .hdf5)",
                    List.of(".h5", ".hdf5", ".hdf"),
                    (head, _) -> begins(head, HDF5),
                    Hdf5File::open);

    /** Trees of ROOT. */
    static final DataFormat TREES =
            new BinaryFormat(
                    "ROOT files (.root)",
                    List.of(".root"),
                    (head, _) -> begins(head, ROOT),
                    RootFile::open);

    /** One array as MNIST has it, perhaps compressed. */
    static final DataFormat IDX =
            new BinaryFormat(
                    "IDX files (-ubyte, .idx, perhaps .gz)",
                    List.of("ubyte", ".idx", "ubyte.gz", ".idx.gz"),
                    (head, _) -> isIdx(head),
                    IdxFile::open);

    /** A folder of images with a folder for each class. */
    static final DataFormat IMAGES =
            new BinaryFormat(
                    "folders with a folder of PNG or JPEG images for each class",
                    List.of(),
                    (_, path) -> Files.isDirectory(path),
                    ImageFolder::open);

    BinaryFormat {
        endings = List.copyOf(endings);
    }

    private static boolean begins(byte[] head, byte[] magic) {
        return head.length >= magic.length
                && ByteBuffer.wrap(head, 0, magic.length).equals(ByteBuffer.wrap(magic));
    }

    private static boolean isIdx(byte[] head) {
        return head.length > 3
                && head[0] == 0
                && head[1] == 0
                && IDX_TYPES.indexOf((char) head[2]) >= 0
                && head[3] > 0;
    }

    @Override
    public boolean reads(byte[] head, Path path) {
        return test.test(head, path);
    }

    @Override
    public DataFile open(Path path) {
        return reader.apply(path);
    }
}
