package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;

import dev.mettle.core.data.Shape;
import dev.mettle.core.network.Window;
import dev.mettle.engine.kernel.PoolTable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables of a pool. */
final class PoolTables {
    private PoolTables() {}

    /** The elements of a window that lie inside: rows and columns from, to. */
    private record Inside(int top, int bottom, int left, int right) {}

    /**
     * Returns the windows of a tensor, row by row.
     *
     * @param in what is pooled, or the gradient by it
     * @param out where results go
     */
    static PoolTable of(Window pool, Tensor in, Tensor out) {
        Shape shape = out.shape();
        int count = shape.height() * shape.width();
        int[] window = new int[count];
        int[] outPosition = new int[count];
        int[] from = new int[count];
        int[] to = new int[count];
        List<Integer> taps = new ArrayList<>();
        Map<Inside, Integer> starts = new HashMap<>();
        for (int n = 0; n < count; n++) {
            int v = n / shape.width();
            int u = n % shape.width();
            int y = v * pool.stride().height() - pool.before().height();
            int x = u * pool.stride().width() - pool.before().width();
            Inside inside =
                    new Inside(
                            Math.max(0, -y),
                            Math.min(pool.size().height(), in.shape().height() - y),
                            Math.max(0, -x),
                            Math.min(pool.size().width(), in.shape().width() - x));
            Integer start = starts.putIfAbsent(inside, taps.size());
            from[n] = start == null ? taps.size() : start;
            if (start == null) {
                add(inside, in, taps);
            }
            to[n] = from[n] + (inside.bottom() - inside.top()) * (inside.right() - inside.left());
            window[n] = in.at(0, y, x);
            outPosition[n] = out.at(0, v, u);
        }
        int[] tap = taps.stream().mapToInt(offset -> offset).toArray();
        return new PoolTable(window, outPosition, from, to, tap);
    }

    private static void add(Inside inside, Tensor in, List<Integer> taps) {
        for (int i = inside.top(); i < inside.bottom(); i++) {
            for (int j = inside.left(); j < inside.right(); j++) {
                taps.add((i * in.pitch() + j) * BLOCK);
            }
        }
    }
}
