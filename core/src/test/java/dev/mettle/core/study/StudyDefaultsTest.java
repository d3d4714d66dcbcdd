package dev.mettle.core.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.network.Layer;
import dev.mettle.core.statistics.Criterion;

import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.OptionalDouble;

/** A default that changes changes what existing studies mean: each is pinned. */
class StudyDefaultsTest {
    @Test
    void dataAndLayers() {
        assertThat(StudyDefaults.SEED).isEqualTo(1);
        assertThat(StudyDefaults.SPLIT_SEED).isEqualTo(1);
        assertThat(StudyDefaults.MISSING).isEqualTo(MissingValues.ERROR);
        assertThat(StudyDefaults.LEAKS).isEqualTo(LeakPolicy.REPORT);
        assertThat(StudyDefaults.MISSING_TEXTS).containsExactly("", "NA", "NaN", "null");
        assertThat(StudyDefaults.INPUT_SCALE).isEqualTo(ScaleKind.STANDARD);
        assertThat(StudyDefaults.TARGET_SCALE).isEqualTo(ScaleKind.NONE);
        assertThat(StudyDefaults.FEATURE_SCALE).isEqualTo(ScaleKind.STANDARD);
        assertThat(StudyDefaults.FEATURE_WINDOW).isEqualTo(5);
        assertThat(StudyDefaults.TASK).isEqualTo(TaskKind.REGRESSION);
        assertThat(StudyDefaults.PADDING).isEqualTo(Layer.Padding.VALID);
        assertThat(StudyDefaults.STRIDE).isEqualTo(1);
        assertThat(StudyDefaults.DILATION).isEqualTo(1);
        assertThat(StudyDefaults.GROUPS).isEqualTo(1);
        assertThat(StudyDefaults.CONVOLUTION_BIAS).isTrue();
        assertThat(StudyDefaults.POOL_PADDING).isZero();
        assertThat(StudyDefaults.NORM_EPS).isEqualTo(1e-5);
        assertThat(StudyDefaults.NORM_MOMENTUM).isEqualTo(0.1);
    }

    @Test
    void trainingAsInPyTorch() {
        assertThat(StudyDefaults.REGRESSION_LOSS).isEqualTo(new Loss.Mse());
        assertThat(StudyDefaults.CLASSIFICATION_LOSS).isEqualTo(new Loss.CrossEntropy(0));
        assertThat(StudyDefaults.HUBER_DELTA).isEqualTo(1);
        assertThat(StudyDefaults.LABEL_SMOOTHING).isZero();
        assertThat(StudyDefaults.OPTIMIZER).isEqualTo("adam");
        assertThat(StudyDefaults.MOMENTUM).isZero();
        assertThat(StudyDefaults.NESTEROV).isFalse();
        assertThat(StudyDefaults.ALPHA).isEqualTo(0.99);
        assertThat(StudyDefaults.EPS).isEqualTo(1e-8);
        assertThat(StudyDefaults.BETA_1).isEqualTo(0.9);
        assertThat(StudyDefaults.BETA_2).isEqualTo(0.999);
        assertThat(StudyDefaults.WEIGHT_DECAY).isZero();
        assertThat(StudyDefaults.ADAMW_WEIGHT_DECAY).isEqualTo(0.01);
        assertThat(StudyDefaults.INIT).isEqualTo(Initialisation.KAIMING_UNIFORM);
        assertThat(StudyDefaults.ADAGRAD_EPS).isEqualTo(1e-10);
        assertThat(StudyDefaults.LR_DECAY).isZero();
        assertThat(StudyDefaults.INITIAL_ACCUMULATOR).isZero();
        assertThat(StudyDefaults.LION_BETA_2).isEqualTo(0.99);
        assertThat(StudyDefaults.AUGMENTATION)
                .isEqualTo(new Augmentation(0, Augmentation.Flip.NONE, 0));
        assertThat(StudyDefaults.BATCH).isEqualTo(256);
        assertThat(StudyDefaults.STABILITY_THRESHOLD).isEqualTo(0.10);
        assertThat(StudyDefaults.STABILITY_WINDOW).isEqualTo(30);
    }

    @Test
    void schedulesAsInPyTorchAndNothingThatWasNotAskedFor() {
        assertThat(StudyDefaults.SCHEDULE).isEqualTo(new Schedule.Constant());
        assertThat(StudyDefaults.SCHEDULE_FACTOR).isEqualTo(0.1);
        assertThat(StudyDefaults.LEAST_RATE).isZero();
        assertThat(StudyDefaults.ONE_CYCLE)
                .isEqualTo(
                        new Schedule.OneCycle(
                                0.3, 25, 1e4, Optional.of(new Schedule.Momentum(0.85, 0.95))));
        assertThat(StudyDefaults.PLATEAU)
                .isEqualTo(new Schedule.ReduceOnPlateau(0.1, 10, 1e-4, 0, 0));
        assertThat(StudyDefaults.WARMUP_START).isEqualTo(1.0 / 3);
        assertThat(StudyDefaults.RESTORE_BEST).isEqualTo(new RestoreBest(10, 0.2));
        assertThat(StudyDefaults.BIAS).isZero();
        assertThat(Initialisation.TRUNCATED_NORMAL.gain()).isEqualTo(0.02);
        Recipe plain =
                new Recipe(
                        new Loss.Mse(),
                        new Optimizer.Sgd(1, 0, false, 0),
                        Initialisation.PYTORCH,
                        1,
                        1,
                        new StabilityStop.Off());
        assertThat(plain.clip())
                .isEqualTo(new Clipping(OptionalDouble.empty(), OptionalDouble.empty()));
        assertThat(plain.warmup().epochs()).isZero();
        assertThat(plain.restoreBest()).isEmpty();
        assertThat(plain.init().biases()).isEqualTo(new InitialWeights.Biases.PyTorch());
    }

    @Test
    void selectionAndCertificate() {
        assertThat(StudyDefaults.ALGORITHM).isEqualTo("progressive");
        assertThat(StudyDefaults.CRITERION).isEqualTo(new Criterion.Mean());
        assertThat(StudyDefaults.INSTANCES).isEqualTo(50);
        assertThat(StudyDefaults.WARMUP).isEqualTo(5);
        assertThat(StudyDefaults.SURVIVORS).isEqualTo(3);
        assertThat(StudyDefaults.DROP).isEqualTo(new SelectionSettings.Drop.Half());
        assertThat(StudyDefaults.AUDIT).isEqualTo(0.015);
        assertThat(StudyDefaults.COVERAGE).isEqualTo(0.95);
        assertThat(StudyDefaults.CONFIDENCE).isEqualTo(0.95);
        assertThat(StudyDefaults.ATTEMPTS).isEqualTo(1);
        assertThat(CertificateReader.absent())
                .isEqualTo(new CertificateSettings(59, 0.95, 0.95, 1));
    }
}
