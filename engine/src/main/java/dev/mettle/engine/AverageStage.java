package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;

import dev.mettle.core.network.Window;
import dev.mettle.engine.kernel.AveragePool;
import dev.mettle.engine.kernel.PoolTable;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** Average-pooling with any window. */
final class AverageStage extends Stage {
    private final float area;
    private final Tensor in;
    private final Tensor out;
    private final @Nullable Tensor gradientIn;
    private final @Nullable Tensor gradientOut;
    private final PoolTable table;
    private final PoolTable gradientTable;

    /** Takes gradients without a frame; they are absent before the first weights. */
    AverageStage(
            Window window,
            Tensor in,
            Tensor out,
            @Nullable Tensor gradientIn,
            @Nullable Tensor gradientOut) {
        this.area = window.area();
        this.in = in;
        this.out = out;
        this.gradientIn = gradientIn;
        this.gradientOut = gradientOut;
        this.table = PoolTables.of(window, in, out);
        this.gradientTable = gradientIn == null ? table : PoolTables.of(window, gradientIn, out);
    }

    @Override
    void forward(Workspace workspace, int from, int to) {
        float[] arena = workspace.arena();
        for (int block = from; block < to; block++) {
            AveragePool.forward(
                    table,
                    area,
                    in.shape().channels(),
                    arena,
                    in.slot(block),
                    in.plane(),
                    arena,
                    out.slot(block),
                    out.plane());
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
            AveragePool.backward(
                    gradientTable,
                    area,
                    in.shape().channels(),
                    arena,
                    gradientOut.slot(block),
                    arena,
                    base,
                    gradientIn.plane());
        }
    }
}
