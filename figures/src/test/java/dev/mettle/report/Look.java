package dev.mettle.report;

import dev.mettle.figures.*;

import java.nio.file.Path;

public final class Look {
    public static void main(String[] a) throws Exception {
        Object[][] all = {
            {"normal", SyntheticFigures.ofAnOrdinaryRun()},
            {"large", SyntheticFigures.ofALargeRun()},
            {"exhaustive", SyntheticFigures.ofAnExhaustiveRun()},
            {"exploded", SyntheticFigures.ofARunWhereAllExplode()}
        };
        for (Object[] o : all)
            for (double w : new double[] {17, 8.5}) {
                long t = System.nanoTime();
                @SuppressWarnings("unchecked")
                var f = (java.util.List<Figure>) o[1];
                var r =
                        FigureFiles.write(
                                f,
                                Path.of(a[0], o[0] + "-" + w),
                                new FigureSize(w),
                                (n, k, x) -> {});
                System.out.println(
                        o[0]
                                + " "
                                + w
                                + " "
                                + r.files().size()
                                + " "
                                + r.withoutPng()
                                + " "
                                + (System.nanoTime() - t) / 1000000
                                + " ms");
            }
    }
}
