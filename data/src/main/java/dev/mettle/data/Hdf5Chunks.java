package dev.mettle.data;

import io.jhdf.Constants;
import io.jhdf.HdfFile;
import io.jhdf.ObjectHeader;
import io.jhdf.api.Group;
import io.jhdf.dataset.chunked.Chunk;
import io.jhdf.dataset.chunked.ChunkOffset;
import io.jhdf.dataset.chunked.ChunkedDatasetV3;
import io.jhdf.dataset.chunked.ChunkedDatasetV4;
import io.jhdf.dataset.chunked.indexing.ChunkImpl;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessageV4;
import io.jhdf.storage.HdfBackingStorage;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Where the chunks of an HDF5 dataset lie. jhdf finds them; it keeps the table to itself and to
 * subclasses, and its own reading of chunks looks at no checksum or filter mask and at no limit.
 *
 * @param sizes elements of a chunk along each axis
 * @param written chunks that are in the file and inside the dataset
 * @param expected how many there would be, were all written
 */
record Hdf5Chunks(List<Integer> sizes, List<Chunk> written, long expected) {
    Hdf5Chunks {
        sizes = List.copyOf(sizes);
        written = List.copyOf(written);
    }

    /**
     * Reads the table of chunks.
     *
     * @throws IOException when it claims what the file can't hold
     */
    static Hdf5Chunks of(HdfFile file, List<Long> axes, ObjectHeader header) throws IOException {
        HdfBackingStorage storage = file.getHdfBackingStorage();
        boolean latest = header.hasMessageOfType(ChunkedDataLayoutMessageV4.class);
        if (latest) {
            var table = new V4(storage, file, header);
            List<Integer> sizes = boxed(table.getChunkDimensions());
            return checked(storage, axes, sizes, () -> masked(header, table.chunks().values()));
        }
        var table = new V3(storage, file, header);
        List<Integer> sizes = boxed(table.getChunkDimensions());
        return checked(storage, axes, sizes, () -> table.chunks().values());
    }

    private static List<Integer> boxed(int[] sizes) {
        return Arrays.stream(sizes).boxed().toList();
    }

    /** Gives a chunk that is the only one its filter mask, which jhdf reads and then leaves out. */
    private static Collection<Chunk> masked(ObjectHeader header, Collection<Chunk> chunks) {
        var layout = header.getMessageOfType(ChunkedDataLayoutMessageV4.class);
        if (!layout.isFilteredSingleChunk()) {
            return chunks;
        }
        return chunks.stream()
                .<Chunk>map(chunk ->
                        new ChunkImpl(
                                chunk.getAddress(),
                                chunk.getSize(),
                                chunk.getChunkOffset(),
                                layout.getFilterMaskFilteredSingleChunk()))
                .toList();
    }

    private interface Table {
        Collection<Chunk> chunks();
    }

    private static Hdf5Chunks checked(
            HdfBackingStorage storage, List<Long> shape, List<Integer> sizes, Table table)
            throws IOException {
        if (shape.isEmpty() || sizes.size() != shape.size()) {
            throw new IOException("its chunks have another number of axes");
        }
        long expected = 1;
        for (int axis = 0; axis < shape.size(); axis++) {
            if (sizes.get(axis) < 1) {
                throw new IOException("its chunks are empty");
            }
            expected = Math.multiplyExact(expected, Math.ceilDiv(shape.get(axis), sizes.get(axis)));
        }
        // A table of chunks that takes a byte for each is shorter than any there is; the B-tree of
        // the first format lists written chunks alone and may be shorter, if hardly any is written.
        if (expected / 1000 > storage.size()) {
            throw new IOException("it claims %d chunks".formatted(expected));
        }
        List<Chunk> written =
                table.chunks().stream().filter(chunk -> isInside(chunk, shape)).toList();
        long bytes = 0;
        for (Chunk chunk : written) {
            requireAligned(chunk, sizes);
            bytes = Math.addExact(bytes, chunk.getSize());
        }
        if (bytes > storage.size()) {
            throw new IOException("its chunks are larger than the file");
        }
        return new Hdf5Chunks(sizes, written, expected);
    }

    /** Chunks without an address were never written; those outside are left of a shrunk dataset. */
    private static boolean isInside(Chunk chunk, List<Long> shape) {
        long[] offset = chunk.getChunkOffset();
        boolean inside = chunk.getAddress() != Constants.UNDEFINED_ADDRESS;
        for (int axis = 0; axis < shape.size(); axis++) {
            inside &= offset[axis] < shape.get(axis);
        }
        return inside;
    }

    private static void requireAligned(Chunk chunk, List<Integer> sizes) throws IOException {
        for (int axis = 0; axis < sizes.size(); axis++) {
            long offset = chunk.getChunkOffset()[axis];
            if (offset < 0 || offset % sizes.get(axis) != 0 || chunk.getSize() < 0) {
                throw new IOException("a chunk lies askew");
            }
        }
    }

    /** Returns the elements of a chunk. */
    long elements() {
        return sizes.stream().mapToLong(size -> size).reduce(1, Math::multiplyExact);
    }

    private static final class V3 extends ChunkedDatasetV3 {
        V3(HdfBackingStorage storage, Group parent, ObjectHeader header) {
            super(storage, header.getAddress(), "", parent, header);
        }

        Map<ChunkOffset, Chunk> chunks() {
            return getChunkLookup();
        }
    }

    private static final class V4 extends ChunkedDatasetV4 {
        V4(HdfBackingStorage storage, Group parent, ObjectHeader header) {
            super(storage, header.getAddress(), "", parent, header);
        }

        Map<ChunkOffset, Chunk> chunks() {
            return getChunkLookup();
        }
    }
}
