package dev.mettle.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Numbers of one type, one behind the other without gaps, as .npy and IDX files hold them.
 *
 * @param type type of the numbers
 * @param order byte order of the numbers
 * @param fortranOrder whether the first index runs fastest
 * @param shape sizes of the axes, none for a single number
 * @param count number of values: the product of the sizes
 */
record NumberStream(
        NumberType type, ByteOrder order, boolean fortranOrder, List<Long> shape, long count) {
    private static final int BUFFER_BYTES = 1 << 16;

    NumberStream {
        shape = List.copyOf(shape);
    }

    /** Reads as many numbers as the shape says; the count is known to fit an array. */
    void read(InputStream in, StoredArray.Sink sink) throws IOException {
        byte[] bytes = new byte[BUFFER_BYTES];
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(order);
        Cursor cursor = new Cursor(fortranOrder, shape, count);
        long left = count;
        while (left > 0) {
            int batch = (int) Math.min(left, BUFFER_BYTES / type.bytes());
            if (in.readNBytes(bytes, 0, batch * type.bytes()) < batch * type.bytes()) {
                throw new EOFException("it ends early");
            }
            for (int i = 0; i < batch; i++) {
                sink.accept(cursor.next(), type.read(numbers, i * type.bytes()));
            }
            left -= batch;
        }
    }

    /**
     * Walks the positions of the result (last index fastest) in the order in which the file holds
     * them.
     */
    private static final class Cursor {
        private final boolean straight;
        private final int[] sizes;
        private final int[] steps;
        private final int[] index;
        private int position;

        /** The count is known to fit an int. */
        Cursor(boolean fortranOrder, List<Long> shape, long count) {
            int rank = shape.size();
            straight = !fortranOrder;
            sizes = new int[rank];
            steps = new int[rank];
            index = new int[rank];
            int step = 1;
            for (int axis = rank - 1; axis >= 0 && count > 0; axis--) {
                sizes[axis] = (int) (long) shape.get(axis);
                steps[axis] = step;
                step *= sizes[axis];
            }
        }

        int next() {
            int current = position;
            if (straight) {
                position++;
                return current;
            }
            for (int axis = 0; axis < sizes.length; axis++) {
                position += steps[axis];
                if (++index[axis] < sizes[axis]) {
                    return current;
                }
                position -= sizes[axis] * steps[axis];
                index[axis] = 0;
            }
            return current;
        }
    }
}
