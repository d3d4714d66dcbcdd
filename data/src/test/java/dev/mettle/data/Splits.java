package dev.mettle.data;

import dev.mettle.core.study.DataSettings;
import dev.mettle.core.study.DataSource;
import dev.mettle.core.study.HeldOutSettings;
import dev.mettle.core.study.LeakPolicy;
import dev.mettle.core.study.MissingValues;
import dev.mettle.core.study.ScaleKind;
import dev.mettle.core.study.SplitSettings;
import dev.mettle.core.study.TargetSettings;

import java.util.List;
import java.util.Optional;

/** Settings of data with columns x and y, the target z, and some split. */
final class Splits {
    private Splits() {}

    static DataSettings settings(String file, SplitSettings split) {
        return settings(file, split, LeakPolicy.REPORT, MissingValues.ERROR);
    }

    static DataSettings settings(
            String file, SplitSettings split, LeakPolicy leaks, MissingValues missing) {
        return settings(file, 1, split, leaks, missing);
    }

    static DataSettings settings(
            String file, long seed, SplitSettings split, LeakPolicy leaks, MissingValues missing) {
        return new DataSettings(
                new DataSource.File(file),
                seed,
                List.of("x", "y"),
                Optional.empty(),
                ScaleKind.NONE,
                TargetSettings.regression("z", ScaleKind.NONE),
                List.of(),
                List.of(),
                missing,
                new HeldOutSettings(split, leaks));
    }

    static SplitSettings.Counts counts(int validation, int test) {
        return new SplitSettings.Counts(validation, test);
    }
}
