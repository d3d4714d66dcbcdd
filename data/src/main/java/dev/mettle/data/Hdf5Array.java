package dev.mettle.data;

import dev.mettle.core.study.DataException;

import io.jhdf.Constants;
import io.jhdf.HdfFile;
import io.jhdf.ObjectHeader;
import io.jhdf.dataset.chunked.Chunk;
import io.jhdf.object.message.DataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.CompactDataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ContiguousDataLayoutMessage;
import io.jhdf.object.message.FillValueMessage;
import io.jhdf.object.message.FilterPipelineMessage;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import io.jhdf.storage.HdfBackingStorage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Numbers of an HDF5 dataset. Contiguous datasets are read in windows, chunked ones chunk by chunk,
 * so that little but the result takes memory.
 */
final class Hdf5Array extends StoredArray {
    private static final int WINDOW_BYTES = 1 << 20;

    /** What a file may leave unwritten without being asked whether it is honest. */
    private static final long SMALL_BYTES = 1 << 20;

    private final HdfBackingStorage storage;
    private final HdfFile file;
    private final long address;
    private final List<Long> axes;
    private final Hdf5Column column;
    private final List<Long> shape;
    private final long count;
    private final int each;

    Hdf5Array(String key, String name, Path path, HdfFile file, Hdf5Tree.Entry entry) {
        super(key, path.toString(), name);
        this.file = file;
        this.storage = file.getHdfBackingStorage();
        this.address = entry.address();
        this.axes = entry.axes();
        this.column = entry.column();
        this.shape = Stream.concat(axes.stream(), column.inner().stream()).toList();
        try {
            this.count = shape.stream().reduce(1L, Math::multiplyExact);
            this.each = Math.toIntExact(column.each());
        } catch (ArithmeticException e) {
            throw problem("claims the impossible shape %s: it is damaged.".formatted(shapeText()));
        }
        if (!column.isInside() || shape.stream().anyMatch(size -> size < 0)) {
            throw problem("contradicts its own type: the file is damaged.");
        }
    }

    @Override
    public List<Long> shape() {
        return shape;
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    String typeLabel() {
        return column.type().label();
    }

    private DataLayoutMessage layout(ObjectHeader header) {
        return header.getMessageOfType(DataLayoutMessage.class);
    }

    private long elements() {
        return axes.stream().reduce(1L, Math::multiplyExact);
    }

    private long bytes() {
        return Math.multiplyExact(elements(), column.stride());
    }

    @Override
    void requireHonest() {
        try {
            ObjectHeader header = ObjectHeader.readObjectHeader(storage, address);
            if (count > 0) {
                requireStored(header);
            }
        } catch (DataException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        } catch (StackOverflowError | OutOfMemoryError e) {
            throw damaged(new IOException("a table in it makes no sense", e));
        }
    }

    private void requireStored(ObjectHeader header) throws IOException {
        switch (layout(header)) {
            case CompactDataLayoutMessage compact -> {
                if (compact.getDataBuffer().remaining() < bytes()) {
                    throw cutShort(compact.getDataBuffer().remaining());
                }
            }
            case ContiguousDataLayoutMessage contiguous -> {
                if (contiguous.getAddress() == Constants.UNDEFINED_ADDRESS) {
                    throw unwritten();
                }
                long left = storage.size() - storage.getUserBlockSize() - contiguous.getAddress();
                if (left < bytes()) {
                    throw cutShort(Math.max(0, left));
                }
            }
            default -> requireStored(Hdf5Chunks.of(file, axes, header), filters(header));
        }
    }

    private DataException cutShort(long bytes) {
        return problem(
                ("claims the shape %s of %s, which takes %d bytes, but the file holds %d of them:"
                                + " it is damaged or cut short. Copy or download it again.")
                        .formatted(shapeText(), typeLabel(), bytes(), bytes));
    }

    private DataException unwritten() {
        return problem("has the shape %s, but was never written.".formatted(shapeText()));
    }

    private void requireStored(Hdf5Chunks chunks, List<FilterInfo> filters) {
        String refusal = Hdf5Filters.refusal(filters);
        if (!refusal.isEmpty()) {
            throw problem(refusal);
        }
        if (chunks.written().isEmpty()) {
            throw unwritten();
        }
        long chunkBytes = Math.multiplyExact(chunks.elements(), column.stride());
        long ratio = Hdf5Filters.compress(filters) ? NpyArray.MAX_INFLATION : 1;
        long held = 0;
        for (Chunk chunk : chunks.written()) {
            held = Math.addExact(held, Math.min(chunkBytes, chunk.getSize() * ratio));
        }
        if (bytes() > 2 * held + SMALL_BYTES) {
            throw problem(
                    ("claims the shape %s, but %d of its %d chunks are in the file, with at most %d"
                                    + " of %d bytes. Write the rest, or a smaller dataset.")
                            .formatted(
                                    shapeText(),
                                    chunks.written().size(),
                                    chunks.expected(),
                                    held,
                                    bytes()));
        }
    }

    private static List<FilterInfo> filters(ObjectHeader header) {
        return header.hasMessageOfType(FilterPipelineMessage.class)
                ? header.getMessageOfType(FilterPipelineMessage.class).getFilters()
                : List.of();
    }

    @Override
    void read(Sink sink) throws IOException {
        if (count == 0) {
            return;
        }
        ObjectHeader header = ObjectHeader.readObjectHeader(storage, address);
        switch (layout(header)) {
            case CompactDataLayoutMessage compact ->
                    elements(compact.getDataBuffer(), 0, 0, (int) elements(), sink);
            case ContiguousDataLayoutMessage contiguous ->
                    readWindows(contiguous.getAddress(), sink);
            default ->
                    readChunks(
                            Hdf5Chunks.of(file, axes, header), filters(header), fill(header), sink);
        }
    }

    private void readWindows(long address, Sink sink) {
        int most = Math.max(1, WINDOW_BYTES / column.stride());
        long elements = elements();
        for (long first = 0; first < elements; first += most) {
            int window = (int) Math.min(most, elements - first);
            long at = address + first * column.stride();
            ByteBuffer bytes = storage.readBufferFromAddress(at, window * column.stride());
            elements(bytes, 0, (int) first, window, sink);
        }
    }

    /** Gives the numbers of some elements that lie one behind the other. */
    private void elements(ByteBuffer bytes, int at, int first, int elements, Sink sink) {
        ByteBuffer numbers = bytes.order(column.order());
        int size = column.type().bytes();
        for (int e = 0; e < elements; e++) {
            int start = at + e * column.stride() + column.offset();
            for (int j = 0; j < each; j++) {
                sink.accept((first + e) * each + j, column.type().read(numbers, start + j * size));
            }
        }
    }

    /** Returns the element that stands for what was not written; empty for zeros. */
    private Optional<ByteBuffer> fill(ObjectHeader header) {
        return header.getMessagesOfType(FillValueMessage.class).stream()
                .filter(FillValueMessage::isFillValueDefined)
                .map(FillValueMessage::getFillValue)
                .filter(value -> value.remaining() >= column.stride())
                .findFirst();
    }

    private void readChunks(
            Hdf5Chunks chunks, List<FilterInfo> filters, Optional<ByteBuffer> fill, Sink sink)
            throws IOException {
        if (fill.isPresent() && chunks.written().size() < chunks.expected()) {
            for (int e = 0; e < elements(); e++) {
                elements(fill.get(), 0, e, 1, sink);
            }
        }
        int bytes = Math.toIntExact(Math.multiplyExact(chunks.elements(), column.stride()));
        for (Chunk chunk : chunks.written()) {
            byte[] stored = new byte[chunk.getSize()];
            storage.readBufferFromAddress(chunk.getAddress(), stored.length).get(stored);
            BitSet skipped = chunk.getFilterMask();
            place(chunk, chunks.sizes(), Hdf5Filters.undo(stored, filters, skipped, bytes), sink);
        }
    }

    /** Gives the numbers of a chunk, run by run along the last axis, but for those outside. */
    private void place(Chunk chunk, List<Integer> sizes, byte[] data, Sink sink) {
        long[] offset = chunk.getChunkOffset();
        int last = axes.size() - 1;
        int run = (int) Math.min(sizes.get(last), axes.get(last) - offset[last]);
        int[] index = new int[last];
        ByteBuffer bytes = ByteBuffer.wrap(data);
        boolean more = true;
        while (more) {
            int from = 0;
            long to = 0;
            for (int axis = 0; axis < last; axis++) {
                from = from * sizes.get(axis) + index[axis];
                to = to * axes.get(axis) + offset[axis] + index[axis];
            }
            int at = from * sizes.get(last) * column.stride();
            elements(bytes, at, (int) (to * axes.get(last) + offset[last]), run, sink);
            more = false;
            for (int axis = last - 1; axis >= 0 && !more; axis--) {
                index[axis]++;
                more = index[axis] < Math.min(sizes.get(axis), axes.get(axis) - offset[axis]);
                index[axis] = more ? index[axis] : 0;
            }
        }
    }
}
