package dev.mettle.core.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Axes;
import dev.mettle.core.network.Extent;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Network;
import dev.mettle.core.network.Window;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Stream;

class CandidateIdTest {
    private static final Network NETWORK =
            new Network(
                    List.of(
                            new Layer.Conv2d(8, 3, 1, Layer.Padding.SAME),
                            new Layer.Activate(Activation.LEAKY_RELU),
                            new Layer.MaxPool(2, 2),
                            new Layer.Flatten(),
                            new Layer.ConcatFeatures(),
                            new Layer.Dense(1)));

    @Test
    void theCanonicalTextIsPinned() {
        Recipe recipe =
                recipe(new Optimizer.Sgd(0.01, 0.9, true, 0), new StabilityStop.On(0.1, 30));
        assertThat(CandidateId.canonicalText(NETWORK, recipe))
                .isEqualTo(
                        """
                        conv2d channels=8 kernel=3 stride=1 padding=same
                        activation leaky_relu
                        maxpool size=2 stride=2
                        flatten
                        concat features
                        dense units=1
                        loss mse
                        optimizer sgd lr=0.01 momentum=0.9 nesterov=true weight_decay=0.0
                        init xavier_normal
                        training batch=256 epochs=60
                        stability threshold=0.1 window=30
                        """);
    }

    @Test
    void aResidualBlockHasTheLinesOfItsLayers() {
        Network network =
                new Network(
                        List.of(
                                new Layer.Residual(
                                        List.of(
                                                new Layer.BatchNorm(1e-5, 0.1),
                                                new Layer.Dropout(0.5),
                                                new Layer.Residual(
                                                        List.of(new Layer.LayerNorm(1e-5)),
                                                        List.of())),
                                        List.of(new Layer.Dense(3))),
                                new Layer.Dense(1)));
        assertThat(
                        CandidateId.canonicalText(
                                network,
                                recipe(
                                        new Optimizer.Sgd(0.01, 0.9, true, 0),
                                        new StabilityStop.Off())))
                .startsWith(
                        """
                        residual
                        batchnorm eps=1.0E-5 momentum=0.1
                        dropout p=0.5
                        residual
                        layernorm eps=1.0E-5
                        shortcut
                        residual end
                        shortcut
                        dense units=3
                        residual end
                        dense units=1
                        loss mse
                        """);
    }

    @Test
    void windowsAreWrittenInFullWhereTheyAreNotWhatTheyAlwaysWere() {
        Extent one = Extent.of(1);
        Layer.Padding three = new Layer.Padding.Zeros(new Extent(3, 0));
        Window plain = new Window(3, 1, new Layer.Padding.Zeros(Extent.of(0)));
        Window full =
                new Window(new Extent(3, 5), new Extent(1, 2), Extent.of(2), three, Axes.IMAGE);
        Window sequence =
                new Window(
                        new Extent(1, 5),
                        new Extent(1, 2),
                        new Extent(1, 3),
                        new Layer.Padding.Zeros(new Extent(0, 4)),
                        Axes.SEQUENCE);
        Window short3 = new Window(new Extent(1, 3), one, one, Layer.Padding.SAME, Axes.SEQUENCE);
        Window pool =
                new Window(
                        Extent.of(3), Extent.of(2), one, new Layer.Padding.Zeros(one), Axes.IMAGE);
        Window pool1d =
                new Window(
                        new Extent(1, 2),
                        new Extent(1, 2),
                        one,
                        Layer.Padding.VALID,
                        Axes.SEQUENCE);
        Network network =
                new Network(
                        List.of(
                                new Layer.Conv2d(8, plain, 1, true),
                                new Layer.Conv2d(8, full, 4, false),
                                new Layer.Conv2d(8, sequence, 1, true),
                                new Layer.Conv2d(8, short3, 2, true),
                                new Layer.MaxPool(pool),
                                new Layer.MaxPool(pool1d),
                                new Layer.AveragePool(pool),
                                new Layer.AveragePool(pool1d),
                                new Layer.GlobalPool(true),
                                new Layer.GlobalPool(false),
                                new Layer.Activate(Activation.SOFTMAX)));
        Recipe recipe = recipe(new Optimizer.Sgd(1, 0, false, 0), new StabilityStop.Off());
        assertThat(CandidateId.canonicalText(network, recipe))
                .startsWith(
                        """
                        conv2d channels=8 kernel=3 stride=1 padding=valid
                        conv2d channels=8 kernel=3x5 stride=1x2 padding=3x0 dilation=2 groups=4 bias=false
                        conv1d channels=8 kernel=5 stride=2 padding=4 dilation=3
                        conv1d channels=8 kernel=3 stride=1 padding=same groups=2
                        maxpool size=3 stride=2 padding=1
                        maxpool1d size=2 stride=2
                        avgpool size=3 stride=2 padding=1
                        avgpool1d size=2 stride=2
                        global_maxpool
                        global_avgpool
                        activation softmax
                        """);
    }

    @Test
    void everyOptimiserHasItsLine() {
        assertThat(optimizerLine(new Optimizer.RmsProp(0.01, 0.99, 1e-8, 0, 0)))
                .isEqualTo(
                        "optimizer rmsprop lr=0.01 alpha=0.99 eps=1.0E-8 momentum=0.0"
                                + " weight_decay=0.0");
        assertThat(optimizerLine(new Optimizer.Adam(1e-3, 0.9, 0.999, 1e-8, 0)))
                .isEqualTo(
                        "optimizer adam lr=0.001 beta1=0.9 beta2=0.999 eps=1.0E-8"
                                + " weight_decay=0.0");
        assertThat(optimizerLine(new Optimizer.AdamW(1e-3, 0.9, 0.999, 1e-8, 0.01)))
                .isEqualTo(
                        "optimizer adamw lr=0.001 beta1=0.9 beta2=0.999 eps=1.0E-8"
                                + " weight_decay=0.01");
    }

    @Test
    void everyLossHasItsLine() {
        assertThat(
                        Stream.of(
                                        new Loss.Mse(),
                                        new Loss.Mae(),
                                        new Loss.Huber(1),
                                        new Loss.LogCosh(),
                                        new Loss.Quantile(0.9),
                                        new Loss.CrossEntropy(0),
                                        new Loss.Bce())
                                .map(CandidateIdTest::lossLine))
                .containsExactly(
                        "loss mse",
                        "loss mae",
                        "loss huber delta=1.0",
                        "loss log_cosh",
                        "loss quantile quantile=0.9",
                        "loss cross_entropy label_smoothing=0.0",
                        "loss bce");
    }

    private static String lossLine(Loss loss) {
        Recipe recipe =
                new Recipe(
                        loss,
                        new Optimizer.Sgd(1, 0, false, 0),
                        Initialisation.XAVIER_NORMAL,
                        1,
                        1,
                        new StabilityStop.Off());
        return CandidateId.canonicalText(NETWORK, recipe)
                .lines()
                .filter(line -> line.startsWith("loss"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void augmentationAndEmbeddingsHaveLinesWhereThereAreAny() {
        Recipe plain = recipe(new Optimizer.Sgd(1, 0, false, 0), new StabilityStop.Off());
        Recipe moved =
                new Recipe(
                        plain.loss(),
                        plain.optimizer(),
                        plain.init(),
                        plain.batch(),
                        plain.epochs(),
                        plain.stability(),
                        plain.clip(),
                        plain.schedule(),
                        plain.warmup(),
                        plain.restoreBest(),
                        new Augmentation(2, Augmentation.Flip.HORIZONTAL, 0));
        assertThat(CandidateId.canonicalText(NETWORK, moved))
                .isEqualTo(
                        CandidateId.canonicalText(NETWORK, plain)
                                + "augment shift=2 flip=horizontal noise=0.0\n");
        Network embedded =
                new Network(List.of(new Layer.Embedding("region", 7, 4), new Layer.Dense(1)));
        assertThat(CandidateId.canonicalText(embedded, plain))
                .startsWith("embedding column=region dim=4\ndense units=1\n");
    }

    @Test
    void theDigitsAreSha256() { // printf abc | sha256sum; FIPS 180-4, example 1
        assertThat(CandidateId.digits("abc"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void idsGrowUntilTheyDiffer() {
        String a = "0123456789abc" + "0".repeat(51);
        String b = "0123456789abd" + "0".repeat(51);
        assertThat(CandidateReader.idLength(List.of(a, b))).isEqualTo(13);
        assertThat(CandidateReader.idLength(List.of(a, "f" + b))).isEqualTo(10);
    }

    private static String optimizerLine(Optimizer optimizer) {
        return CandidateId.canonicalText(NETWORK, recipe(optimizer, new StabilityStop.Off()))
                .lines()
                .filter(line -> line.startsWith("optimizer"))
                .findFirst()
                .orElseThrow();
    }

    private static Recipe recipe(Optimizer optimizer, StabilityStop stability) {
        return new Recipe(
                new Loss.Mse(), optimizer, Initialisation.XAVIER_NORMAL, 256, 60, stability);
    }
}
