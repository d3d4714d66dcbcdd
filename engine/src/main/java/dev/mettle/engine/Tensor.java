package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;

import dev.mettle.core.data.Shape;
import dev.mettle.core.network.Extent;
import dev.mettle.engine.kernel.Lanes;

/**
 * Where a layer's values (or their gradient) lie: [channel][y][x][{@value
 * dev.mettle.engine.kernel.Lanes#BLOCK}], possibly with a frame of zeros that a convolution reads.
 *
 * @param storage memory, perhaps shared with views
 * @param shape without the frame
 * @param pitch distance of rows, in pixels
 * @param plane distance of channels, in floats
 * @param origin offset of the first pixel inside the frame, in floats
 */
record Tensor(Storage storage, Shape shape, int pitch, int plane, int origin) {
    /** Makes a tensor without a frame. */
    static Tensor plain(Storage storage, Shape shape, int blocks) {
        return framed(storage, shape, Extent.of(0), Extent.of(0), blocks);
    }

    /**
     * Makes a tensor with {@code before} zeros above and to the left of each channel and {@code
     * after} below and to the right. The memory reaches to the next multiple of four channels,
     * which kernels write.
     */
    static Tensor framed(Storage storage, Shape shape, Extent before, Extent after, int blocks) {
        int pitch = shape.width() + before.width() + after.width();
        int rows = shape.height() + before.height() + after.height();
        int plane = Math.multiplyExact(pitch * BLOCK, rows);
        storage.need(Math.multiplyExact(plane, Lanes.roundChannels(shape.channels())), blocks);
        int origin = (before.height() * pitch + before.width()) * BLOCK;
        return new Tensor(storage, shape, pitch, plane, origin);
    }

    /** Returns the same values in another shape; only for a tensor without a frame. */
    Tensor view(Shape other, int blocks) {
        return plain(storage, other, blocks);
    }

    /** Returns the first channels alone, in the same places. */
    Tensor prefix(Shape other, int blocks) {
        storage.need(Math.multiplyExact(plane, Lanes.roundChannels(other.channels())), blocks);
        return new Tensor(storage, other, pitch, plane, origin);
    }

    /** Returns where a block's values start, frame included. */
    int slot(int block) {
        return storage.slot(block);
    }

    /** Returns the offset of a pixel from {@link #slot}. */
    int at(int channel, int y, int x) {
        return channel * plane + origin + (y * pitch + x) * BLOCK;
    }

    /** Tells whether there is no frame, so that all values of a block are one run. */
    boolean isPlain() {
        return plane == shape.height() * shape.width() * BLOCK;
    }

    /** Returns the offset of every value from {@link #slot}, channel by channel, row by row. */
    int[] positions() {
        int[] positions = new int[shape.size()];
        int n = 0;
        for (int c = 0; c < shape.channels(); c++) {
            for (int y = 0; y < shape.height(); y++) {
                for (int x = 0; x < shape.width(); x++) {
                    positions[n++] = at(c, y, x);
                }
            }
        }
        return positions;
    }
}
