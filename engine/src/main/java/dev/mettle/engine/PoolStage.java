package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;

import dev.mettle.core.network.Layer;
import dev.mettle.engine.kernel.MaxPool;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** Max-pooling with any window and stride, where no convolution takes it along. */
final class PoolStage extends Stage {
    private final Tensor in;
    private final Tensor out;
    private final Storage winners;
    private final @Nullable Tensor gradientIn;
    private final @Nullable Tensor gradientOut;
    private final int[] window;
    private final int[] tap;
    private final int[] outPosition;
    private final int[] gradientWindow;
    private final int[] gradientTap;

    /**
     * Takes the storage of the winners, one per output; gradients have no frame, and are absent
     * before the first weights.
     */
    PoolStage(
            Layer.MaxPool layer,
            Tensor in,
            Tensor out,
            Storage winners,
            @Nullable Tensor gradientIn,
            @Nullable Tensor gradientOut) {
        this.in = in;
        this.out = out;
        this.winners = winners;
        this.gradientIn = gradientIn;
        this.gradientOut = gradientOut;
        this.window = windows(in, out, layer.stride());
        this.tap = taps(in, layer.size());
        this.outPosition = windows(out, out, 1);
        this.gradientWindow =
                gradientIn == null ? window : windows(gradientIn, out, layer.stride());
        this.gradientTap = gradientIn == null ? tap : taps(gradientIn, layer.size());
    }

    private static int[] windows(Tensor tensor, Tensor out, int stride) {
        int width = out.shape().width();
        int[] offsets = new int[out.shape().height() * width];
        for (int n = 0; n < offsets.length; n++) {
            offsets[n] = tensor.at(0, n / width * stride, n % width * stride);
        }
        return offsets;
    }

    private static int[] taps(Tensor tensor, int size) {
        int[] taps = new int[size * size];
        for (int t = 0; t < taps.length; t++) {
            taps[t] = (t / size * tensor.pitch() + t % size) * BLOCK;
        }
        return taps;
    }

    @Override
    void forward(Workspace workspace, int from, int to) {
        float[] arena = workspace.arena();
        for (int block = from; block < to; block++) {
            MaxPool.forward(
                    in.shape().channels(),
                    arena,
                    in.slot(block),
                    in.plane(),
                    window,
                    tap,
                    arena,
                    out.slot(block),
                    out.plane(),
                    outPosition,
                    arena,
                    winners.slot(block));
        }
    }

    @Override
    void backward(Workspace workspace, int from, int to) {
        if (gradientIn == null || gradientOut == null) {
            return;
        }
        float[] arena = workspace.arena();
        for (int block = from; block < to; block++) {
            int base = gradientIn.slot(block);
            Arrays.fill(arena, base, base + gradientIn.shape().size() * BLOCK, 0f);
            MaxPool.backward(
                    in.shape().channels(),
                    arena,
                    gradientOut.slot(block),
                    arena,
                    winners.slot(block),
                    arena,
                    base,
                    gradientIn.plane(),
                    gradientWindow,
                    gradientTap);
        }
    }
}
