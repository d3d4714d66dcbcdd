package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;

import dev.mettle.engine.kernel.PixelSum;

/**
 * The last channels of a tensor, each with the same value at every pixel. On a flat tensor they are
 * its last values. Values are written to the first pixel of each channel and spread from there.
 */
final class ConstantChannels {
    private final Tensor tensor;
    private final int[] position;

    /** Takes the number of channels before them. */
    ConstantChannels(Tensor tensor, int before) {
        this.tensor = tensor;
        this.position = new int[tensor.shape().channels() - before];
        for (int c = 0; c < position.length; c++) {
            position[c] = tensor.at(before + c, 0, 0);
        }
    }

    /** Returns the offset of each channel's first pixel from the block's slot. */
    int[] position() {
        return position;
    }

    /** Copies each channel's first pixel to its other pixels. */
    void spread(float[] arena, int block) {
        if (tensor.shape().isFlat()) {
            return;
        }
        int slot = tensor.slot(block);
        int row = tensor.shape().width() * BLOCK;
        for (int at : position) {
            spreadRow(arena, slot + at, row);
            for (int y = 1; y < tensor.shape().height(); y++) {
                int to = slot + at + y * tensor.pitch() * BLOCK;
                System.arraycopy(arena, slot + at, arena, to, row);
            }
        }
    }

    /** Doubles what is there until the row is full. */
    private static void spreadRow(float[] arena, int from, int length) {
        for (int done = BLOCK; done < length; done *= 2) {
            System.arraycopy(arena, from, arena, from + done, Math.min(done, length - done));
        }
    }

    /**
     * Writes the sum over the pixels of one channel, an example a lane, pixel after pixel: {@code
     * to[base + e] = Σ_n arena[n][e]}; the opposite of {@link #spread}. The tensor has no frame.
     */
    void sum(float[] arena, int block, int channel, float[] to, int base) {
        int from = tensor.slot(block) + position[channel];
        int pixels = tensor.shape().height() * tensor.shape().width();
        PixelSum.vector(arena, from, pixels, to, base);
    }
}
