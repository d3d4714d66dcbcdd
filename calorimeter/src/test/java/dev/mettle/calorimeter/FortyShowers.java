package dev.mettle.calorimeter;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Sample;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.data.NpzFile;

import java.nio.file.Path;
import java.util.List;

/** Forty showers of the example, with what reference/calorimeter/showers.py says of them. */
final class FortyShowers {
    private FortyShowers() {}

    /** Returns an array of the file. */
    static double[] array(String name) {
        try (NpzFile file = NpzFile.open(Path.of("src", "test", "resources", "showers40.npz"))) {
            return file.array("", name).toDoubles();
        }
    }

    /** Returns the showers with the targets given in place of their energies. */
    static Dataset with(double[] targets) {
        double[] cells = array("cells");
        float[] inputs = new float[cells.length];
        for (int i = 0; i < cells.length; i++) {
            inputs[i] = (float) cells[i];
        }
        return new Dataset(
                new Shape(1, 15, 15),
                inputs,
                List.of(),
                new float[0],
                Task.regression("energy"),
                targets,
                "");
    }

    /** Returns a sample without scales, which baselines do not need. */
    static Sample sample(int... rows) {
        return new Sample(rows, List.of(Scale.NONE), List.of(), List.of(Scale.NONE));
    }
}
