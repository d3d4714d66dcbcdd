package dev.mettle.data;

import dev.mettle.core.study.DataSettings;
import dev.mettle.core.study.DataSource;
import dev.mettle.core.study.FeatureSettings;
import dev.mettle.core.study.InputLayout;
import dev.mettle.core.study.ScaleKind;
import dev.mettle.core.study.TargetSettings;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Data settings for tests. */
final class Studies {
    private Studies() {}

    static DataSettings settings(
            ScaleKind inputScale,
            ScaleKind targetScale,
            int validation,
            int test,
            FeatureSettings... features) {
        return new DataSettings(
                "data.npz",
                1,
                "cells",
                inputScale,
                TargetSettings.regression("energy", targetScale),
                List.of(features),
                validation,
                test);
    }

    static DataSettings layout(InputLayout layout) {
        return new DataSettings(
                new DataSource.File("data.npz"),
                1,
                List.of("cells"),
                Optional.of(layout),
                ScaleKind.NONE,
                TargetSettings.regression("energy", ScaleKind.NONE),
                List.of(),
                List.of(),
                1,
                1);
    }

    static DataSettings features(String... names) {
        return settings(
                ScaleKind.NONE,
                ScaleKind.NONE,
                1,
                1,
                Arrays.stream(names)
                        .map(name -> feature(name, ScaleKind.STANDARD))
                        .toArray(FeatureSettings[]::new));
    }

    static FeatureSettings feature(String name, ScaleKind scale) {
        return new FeatureSettings(name, 5, OptionalDouble.empty(), scale);
    }
}
