package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;

import dev.mettle.core.network.Window;
import dev.mettle.engine.kernel.MaxPool;
import dev.mettle.engine.kernel.PoolTable;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** Max-pooling with any window, where no convolution takes it along. */
final class PoolStage extends Stage {
    private final Tensor in;
    private final Tensor out;
    private final Storage winners;
    private final @Nullable Tensor gradientIn;
    private final @Nullable Tensor gradientOut;
    private final PoolTable table;
    private final PoolTable gradientTable;

    /**
     * Takes the storage of the winners, one per output; gradients have no frame, and are absent
     * before the first weights.
     */
    PoolStage(
            Window window,
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
        this.table = PoolTables.of(window, in, out);
        this.gradientTable = gradientIn == null ? table : PoolTables.of(window, gradientIn, out);
    }

    @Override
    void forward(Workspace workspace, int from, int to) {
        float[] arena = workspace.arena();
        for (int block = from; block < to; block++) {
            MaxPool.forward(
                    table,
                    in.shape().channels(),
                    arena,
                    in.slot(block),
                    in.plane(),
                    arena,
                    out.slot(block),
                    out.plane(),
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
                    gradientTable,
                    in.shape().channels(),
                    arena,
                    gradientOut.slot(block),
                    arena,
                    winners.slot(block),
                    arena,
                    base,
                    gradientIn.plane());
        }
    }
}
