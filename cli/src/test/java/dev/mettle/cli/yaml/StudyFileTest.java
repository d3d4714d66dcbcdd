package dev.mettle.cli.yaml;

import static dev.mettle.cli.yaml.StudyText.PAPER;
import static dev.mettle.cli.yaml.StudyText.SHORTEST;
import static dev.mettle.cli.yaml.StudyText.problems;
import static dev.mettle.cli.yaml.StudyText.read;
import static dev.mettle.cli.yaml.StudyText.with;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.network.Layer;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.CertificateSettings;
import dev.mettle.core.study.DataException;
import dev.mettle.core.study.Initialisation;
import dev.mettle.core.study.Loss;
import dev.mettle.core.study.Optimizer;
import dev.mettle.core.study.Recipe;
import dev.mettle.core.study.ScaleKind;
import dev.mettle.core.study.SelectionSettings;
import dev.mettle.core.study.StabilityStop;
import dev.mettle.core.study.Study;
import dev.mettle.core.study.TargetSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Study files that are right: candidates, settings and defaults. */
class StudyFileTest {
    private static final String NETWORK =
            "network: [flatten, dense: 8, activation: relu, dense: 1]";

    @Test
    void thePapersSpaceHas6912CandidatesAllWithinTheConstraint() {
        Study study = read(PAPER);
        assertThat(study.candidates()).hasSize(6912);
        assertThat(study.excluded()).isZero();
        assertThat(study.candidates().stream().mapToLong(Candidate::parameters).max())
                .hasValue(28_508);
        Set<String> ids = new HashSet<>();
        study.candidates().forEach(candidate -> ids.add(candidate.id()));
        assertThat(ids).hasSize(6912).allMatch(id -> id.matches("[0-9a-f]{10}"));
        assertThat(study.warnings()).isEmpty();
        assertThat(study.text()).isEqualTo(PAPER);
    }

    @Test
    void theLastDimensionVariesFastest() {
        List<Candidate> candidates = read(PAPER).candidates();
        assertThat(candidates.get(0).settingsText())
                .isEqualTo("c1=4,c2=8,k=3,hidden=16,act=relu,bias=true,optimizer=sgd,lr=0.0003");
        assertThat(candidates.get(1).settingsText()).endsWith("optimizer=sgd,lr=0.001");
        assertThat(candidates.get(4).settingsText()).endsWith("optimizer=rmsprop,lr=0.0003");
        assertThat(candidates.getLast().settingsText())
                .isEqualTo("c1=12,c2=32,k=5,hidden=64,act=tanh,bias=false,optimizer=adamw,lr=0.01");
    }

    @Test
    void aConstraintExcludesAndCounts() {
        Study study = read(with(PAPER, "parameters: 30000", "parameters: 28507"));
        // 12, 32, 5, 64 with the bias has 28,508 weights, in 4 activations x 4 optimisers x 4
        // rates; without it 28,505
        assertThat(study.excluded()).isEqualTo(64);
        assertThat(study.candidates()).hasSize(6912 - 64);
    }

    @Test
    void everySettingOfThePapersStudyIsRead() {
        Study study = read(PAPER);
        assertThat(study.name()).isEqualTo("shashlik-energy");
        assertThat(study.seed()).isEqualTo(20250522);
        assertThat(study.sample()).isEqualTo(18000);
        assertThat(study.data().target())
                .isEqualTo(TargetSettings.regression("energy", ScaleKind.LOG));
        assertThat(study.data().features())
                .extracting(feature -> feature.name())
                .containsExactly("energy_sum", "barycenter_x", "barycenter_y");
        assertThat(study.selection().per()).contains("bias");
        assertThat(study.certificate()).contains(new CertificateSettings(59, 0.95, 0.95, 1));
        assertThat(study.candidates().getFirst().network().layers())
                .startsWith(new Layer.Conv2d(4, 3, 1, Layer.Padding.SAME))
                .endsWith(new Layer.ConcatFeatures(), new Layer.Dense(1));
    }

    @Test
    void theShortestStudyTakesEveryDefault() {
        Study study = read(SHORTEST);
        assertThat(study.seed()).isEqualTo(1);
        assertThat(study.data().splitSeed()).isEqualTo(1);
        assertThat(study.data().inputScale()).isEqualTo(ScaleKind.STANDARD);
        assertThat(study.data().target())
                .isEqualTo(TargetSettings.regression("energy", ScaleKind.NONE));
        assertThat(study.data().features()).isEmpty();
        assertThat(study.candidates()).hasSize(1);
        Candidate only = study.candidates().getFirst();
        assertThat(only.settings()).isEmpty();
        assertThat(only.parameters()).isEqualTo(225 * 8 + 8 + 9);
        assertThat(only.recipe())
                .isEqualTo(
                        new Recipe(
                                new Loss.Mse(),
                                new Optimizer.Adam(0.001, 0.9, 0.999, 1e-8, 0),
                                Initialisation.KAIMING_UNIFORM,
                                256,
                                20,
                                new StabilityStop.On(0.10, 30)));
        assertThat(study.selection())
                .isEqualTo(
                        new SelectionSettings(
                                new SelectionSettings.Algorithm.Progressive(
                                        5, 3, new SelectionSettings.Drop.Half()),
                                new Criterion.Mean(),
                                50,
                                Optional.empty(),
                                0));
        assertThat(study.certificate()).contains(new CertificateSettings(59, 0.95, 0.95, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    certificate: {attempts: 2}                    | 72
                    certificate: {attempts: 3}                    | 80
                    certificate: {coverage: 0.9}                  | 29
                    certificate: {instances: 100}                 | 100
                    """)
    void aCertificateTakesTheInstancesItNeeds(String certificate, int instances) {
        assertThat(read(SHORTEST + certificate).certificate().orElseThrow().instances())
                .isEqualTo(instances);
    }

    @Test
    void noneMeansNoCertificate() {
        assertThat(read(SHORTEST + "certificate: none").certificate()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {name: sgd, lr: 0.1}                                  | sgd lr 0.1 momentum 0.0 nesterov false decay 0.0
                    {name: sgd, lr: 1e-1, momentum: 0.9, nesterov: true}  | sgd lr 0.1 momentum 0.9 nesterov true decay 0.0
                    {name: rmsprop, lr: 0.1}                              | rmsprop lr 0.1 alpha 0.99 eps 1.0E-8 momentum 0.0 decay 0.0
                    {name: adam, lr: 0.1, betas: [0.8, 0.99]}             | adam lr 0.1 betas 0.8 0.99 eps 1.0E-8 decay 0.0
                    {name: adagrad, lr: 0.1, lr_decay: 0.2}               | adagrad lr 0.1 lr_decay 0.2 accumulator 0.0 eps 1.0E-10 decay 0.0
                    {name: lion, lr: 0.1}                                 | lion lr 0.1 betas 0.9 0.99 decay 0.0
                    {name: adamw, lr: 0.1}                                | adamw lr 0.1 betas 0.9 0.999 eps 1.0E-8 decay 0.01
                    """)
    void optimisersHavePyTorchsDefaults(String written, String expected) {
        Optimizer optimizer =
                read(with(SHORTEST, "{lr: 0.001}", written))
                        .candidates()
                        .getFirst()
                        .recipe()
                        .optimizer();
        String text =
                switch (optimizer) {
                    case Optimizer.Sgd o ->
                            "sgd lr %s momentum %s nesterov %s decay %s"
                                    .formatted(
                                            o.learningRate(),
                                            o.momentum(),
                                            o.nesterov(),
                                            o.weightDecay());
                    case Optimizer.RmsProp o ->
                            "rmsprop lr %s alpha %s eps %s momentum %s decay %s"
                                    .formatted(
                                            o.learningRate(),
                                            o.alpha(),
                                            o.epsilon(),
                                            o.momentum(),
                                            o.weightDecay());
                    case Optimizer.Adagrad o ->
                            "adagrad lr %s lr_decay %s accumulator %s eps %s decay %s"
                                    .formatted(
                                            o.learningRate(),
                                            o.rateDecay(),
                                            o.accumulator(),
                                            o.epsilon(),
                                            o.weightDecay());
                    case Optimizer.Lion o ->
                            "lion lr %s betas %s %s decay %s"
                                    .formatted(
                                            o.learningRate(),
                                            o.beta1(),
                                            o.beta2(),
                                            o.weightDecay());
                    case Optimizer.Adam o ->
                            "adam lr %s betas %s %s eps %s decay %s"
                                    .formatted(
                                            o.learningRate(),
                                            o.beta1(),
                                            o.beta2(),
                                            o.epsilon(),
                                            o.weightDecay());
                    case Optimizer.AdamW o ->
                            "adamw lr %s betas %s %s eps %s decay %s"
                                    .formatted(
                                            o.learningRate(),
                                            o.beta1(),
                                            o.beta2(),
                                            o.epsilon(),
                                            o.weightDecay());
                };
        assertThat(text).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    criterion: mean             | mean
                    criterion: max              | max
                    criterion: quantile(0.9)    | quantile(0.9)
                    criterion: {quantile: 0.9}  | quantile(0.9)
                    criterion: cvar(.5)         | cvar(0.5)
                    criterion: mean_plus_std(2) | mean_plus_std(2.0)
                    """)
    void criteriaAreWordsCallsOrMappings(String written, String label) {
        assertThat(read(SHORTEST + "selection: {" + written + "}").selection().criterion().label())
                .isEqualTo(label);
    }

    @Test
    void theIdOfACandidateIsPinned() {
        assertThat(read(SHORTEST).candidates().getFirst().id()).isEqualTo("4ef8339094");
    }

    @Test
    void theIdDoesNotDependOnHowTheStudyIsWritten() {
        String other =
                with(
                                with(SHORTEST, "lr: 0.001", "lr: $rate"),
                                NETWORK,
                                "network: [flatten, dense: {units: $u}, activation: relu, dense:"
                                        + " 1.0]")
                        + "space: {u: [8.0], rate: [1e-3]}\n";
        assertThat(read(other).candidates().getFirst().id()).isEqualTo("4ef8339094");
        assertThat(read(other).candidates().getFirst().settingsText()).isEqualTo("u=8.0,rate=1e-3");
    }

    @Test
    void dimensionsThatAVariantDoesNotUseAreNotExpandedForIt() {
        String text =
                with(with(SHORTEST, NETWORK, "network: $net"), "lr: 0.001", "lr: $lr")
                        + """
                        space:
                          h: [2, 3]
                          net:
                            shallow: [flatten, dense: 1]
                            deep: [flatten, dense: $h, activation: $act, dense: 1]
                          act: [relu, tanh]
                          lr: [0.1, 0.01]
                        """;
        assertThat(read(text).candidates())
                .extracting(Candidate::settingsText)
                .containsExactly(
                        "net=shallow,lr=0.1",
                        "net=shallow,lr=0.01",
                        "h=2,net=deep,act=relu,lr=0.1",
                        "h=2,net=deep,act=relu,lr=0.01",
                        "h=2,net=deep,act=tanh,lr=0.1",
                        "h=2,net=deep,act=tanh,lr=0.01",
                        "h=3,net=deep,act=relu,lr=0.1",
                        "h=3,net=deep,act=relu,lr=0.01",
                        "h=3,net=deep,act=tanh,lr=0.1",
                        "h=3,net=deep,act=tanh,lr=0.01");
        assertThat(read(text).candidates().getFirst().network().layers())
                .containsExactly(new Layer.Flatten(), new Layer.Dense(1));
    }

    @Test
    void aNamedValueMayBePartOfANetworkOrWholeSettings() {
        String text =
                with(with(SHORTEST, "activation: relu", "$block"), "{lr: 0.001}", "$opt")
                        + """
                        space:
                          block: {none: [], two: [activation: relu, dense: 4, activation: tanh]}
                          opt: {heavy: {name: sgd, lr: 0.1, momentum: 0.9}, plain: {name: adam, lr: 0.001}}
                        """;
        List<Candidate> candidates = read(text).candidates();
        assertThat(candidates)
                .extracting(Candidate::settingsText)
                .containsExactly(
                        "block=none,opt=heavy",
                        "block=none,opt=plain",
                        "block=two,opt=heavy",
                        "block=two,opt=plain");
        assertThat(candidates)
                .extracting(candidate -> candidate.network().layers().size())
                .containsExactly(3, 3, 6, 6);
        assertThat(candidates.getFirst().recipe().optimizer())
                .isEqualTo(new Optimizer.Sgd(0.1, 0.9, false, 0));
    }

    @Test
    void featuresHaveOptionsAndScales() {
        String text =
                with(
                        SHORTEST,
                        "  target:",
                        "  features: [a, {energy_sum: {window: 7, threshold: 6}}]\n"
                                + "  feature_scale: {energy_sum: log}\n  target:");
        Study study = read(text);
        assertThat(study.data().features().get(0).scale()).isEqualTo(ScaleKind.STANDARD);
        assertThat(study.data().features().get(0).window()).isEqualTo(5);
        assertThat(study.data().features().get(0).threshold()).isEmpty();
        assertThat(study.data().features().get(1).scale()).isEqualTo(ScaleKind.LOG);
        assertThat(study.data().features().get(1).window()).isEqualTo(7);
        assertThat(study.data().features().get(1).threshold()).hasValue(6);
        assertThat(study.warnings())
                .containsExactly(
                        "no candidate uses the features of the data; add concat: features to the"
                                + " network.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    sample: 18000 | sample: 25601            | the sample (25,601 rows) is 20 % of the pool (128,000 rows)
                    epochs: 20    | epochs: 20, batch: 18001 | batch (18,001) is larger than the sample (18,000 rows)
                    """)
    void doubtfulSizesBringAWarning(String part, String replacement, String warning) {
        assertThat(read(with(SHORTEST, part, replacement)).warnings())
                .singleElement()
                .asString()
                .startsWith(warning);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iqr", "std", "cv"})
    void aCriterionThatAConstantModelWouldWinBringsAWarning(String criterion) {
        assertThat(read(SHORTEST + "selection: {criterion: " + criterion + "}\n").warnings())
                .singleElement()
                .asString()
                .startsWith(
                        "criterion "
                                + criterion
                                + " looks at the spread alone: a constant model would win.");
    }

    @Test
    void aFifthOfThePoolIsNoReasonForAWarningAndHalfOfItIsAllowed() {
        assertThat(read(with(SHORTEST, "18000", "25600")).warnings()).isEmpty();
        assertThat(read(with(SHORTEST, "18000", "64000")).sample()).isEqualTo(64000);
        assertThat(problems(with(SHORTEST, "18000", "64001"))).hasSize(1);
    }

    @Test
    void aMistakeInTheDataIsPlacedAtItsKey() {
        assertThat(
                        problems(
                                SHORTEST,
                                _ -> {
                                    throw new DataException("input", "no array 'cells'.");
                                }))
                .containsExactly("f:4:10: no array 'cells'.");
        assertThat(
                        problems(
                                SHORTEST,
                                _ -> {
                                    throw new DataException("features", "no such thing.");
                                }))
                .containsExactly("f:2:1: no such thing.");
    }
}
