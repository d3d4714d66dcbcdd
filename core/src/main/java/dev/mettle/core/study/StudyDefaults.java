package dev.mettle.core.study;

import dev.mettle.core.network.Layer;
import dev.mettle.core.statistics.Criterion;

import java.util.List;
import java.util.Optional;

/**
 * What a study file means where it is silent. Optimisers and layers follow PyTorch. A certificate
 * without a number of instances takes the fewest that its coverage, confidence and attempts need.
 */
public final class StudyDefaults {
    /** Seed of all instances. */
    public static final long SEED = 1;

    /** Seed of the split. */
    public static final long SPLIT_SEED = DataSettings.DEFAULT_SPLIT_SEED;

    /** Detector of simulated showers. */
    public static final String DETECTOR = "shashlik";

    /** Set of simulated showers. */
    public static final ShowerSet SHOWER_SET = ShowerSet.SIMPLE;

    /** Energies of simulated photons in GeV. */
    public static final EnergySpectrum SPECTRUM =
            new EnergySpectrum(EnergySpectrum.Kind.UNIFORM, 1, 100);

    /** Seed of simulated showers. */
    public static final long SIMULATION_SEED = 1;

    /** What happens to missing values. */
    public static final MissingValues MISSING = MissingValues.ERROR;

    /** What happens to rows of the pool that are equal to a held-out row. */
    public static final LeakPolicy LEAKS = LeakPolicy.REPORT;

    /** Texts of a table that stand for a missing value. */
    public static final List<String> MISSING_TEXTS = CsvSettings.DEFAULT_MISSING;

    /** Scale of the input. */
    public static final ScaleKind INPUT_SCALE = ScaleKind.STANDARD;

    /** Scale of the target. */
    public static final ScaleKind TARGET_SCALE = ScaleKind.NONE;

    /** Scale of a feature. */
    public static final ScaleKind FEATURE_SCALE = ScaleKind.STANDARD;

    /** Window of a derived feature. */
    public static final int FEATURE_WINDOW = FeatureSettings.DEFAULT_WINDOW;

    /** Kind of problem. */
    public static final TaskKind TASK = TaskKind.REGRESSION;

    /** Padding of a convolution. */
    public static final Layer.Padding PADDING = Layer.Padding.VALID;

    /** Stride of a convolution; that of a pool is its size. */
    public static final int STRIDE = 1;

    /** What a normalisation adds to the variance. */
    public static final double NORM_EPS = 1e-5;

    /** Share of a mini-batch in the running means of batchnorm. */
    public static final double NORM_MOMENTUM = 0.1;

    /** Dilation of a convolution. */
    public static final int DILATION = 1;

    /** Groups of channels of a convolution. */
    public static final int GROUPS = 1;

    /** Whether a convolution adds a number to each channel. */
    public static final boolean CONVOLUTION_BIAS = true;

    /** Padding of a pool. */
    public static final int POOL_PADDING = 0;

    /** Training loss of a regression. */
    public static final Loss REGRESSION_LOSS = new Loss.Mse();

    /** Training loss of a classification. */
    public static final Loss CLASSIFICATION_LOSS = new Loss.CrossEntropy(0);

    /** Where huber becomes a straight line, in units of the scaled target. */
    public static final double HUBER_DELTA = 1;

    /** Share of the target that cross_entropy spreads over all classes. */
    public static final double LABEL_SMOOTHING = 0;

    /** Optimiser. */
    public static final String OPTIMIZER = "adam";

    /** Momentum of sgd and rmsprop. */
    public static final double MOMENTUM = 0;

    /** Nesterov's form of momentum. */
    public static final boolean NESTEROV = false;

    /** Smoothing of the squared gradient of rmsprop. */
    public static final double ALPHA = 0.99;

    /** What rmsprop, adam and adamw add to the root. */
    public static final double EPS = 1e-8;

    /** What adagrad adds to the root. */
    public static final double ADAGRAD_EPS = 1e-10;

    /** How fast adagrad's learning rate falls. */
    public static final double LR_DECAY = 0;

    /** What adagrad's sums of squares start from. */
    public static final double INITIAL_ACCUMULATOR = 0;

    /** First of adam's and adamw's betas. */
    public static final double BETA_1 = 0.9;

    /** Second of adam's and adamw's betas. */
    public static final double BETA_2 = 0.999;

    /** Second of lion's betas; its first is {@link #BETA_1}. */
    public static final double LION_BETA_2 = 0.99;

    /** Weight decay of all but adamw. */
    public static final double WEIGHT_DECAY = 0;

    /** Weight decay of adamw. */
    public static final double ADAMW_WEIGHT_DECAY = 0.01;

    /** Initial weights. */
    public static final Initialisation INIT = Initialisation.KAIMING_UNIFORM;

    /** Initial biases, but for {@link Initialisation#PYTORCH}. */
    public static final double BIAS = 0;

    /** Schedule of the learning rate. */
    public static final Schedule SCHEDULE = new Schedule.Constant();

    /** What step and reduce_on_plateau multiply the learning rate by. */
    public static final double SCHEDULE_FACTOR = 0.1;

    /** Least share of the learning rate of cosine and reduce_on_plateau. */
    public static final double LEAST_RATE = 0;

    /** Where one_cycle is silent; its momentum follows the learning rate. */
    public static final Schedule.OneCycle ONE_CYCLE =
            new Schedule.OneCycle(0.3, 25, 1e4, Optional.of(new Schedule.Momentum(0.85, 0.95)));

    /** Where reduce_on_plateau is silent. */
    public static final Schedule.ReduceOnPlateau PLATEAU =
            new Schedule.ReduceOnPlateau(SCHEDULE_FACTOR, 10, 1e-4, 0, LEAST_RATE);

    /** Share of the learning rate that a warm-up starts from. */
    public static final double WARMUP_START = 1. / 3;

    /** Where restore_best is silent. */
    public static final RestoreBest RESTORE_BEST = new RestoreBest(10, 0.2);

    /** Random changes of the inputs while training. */
    public static final Augmentation AUGMENTATION = Augmentation.NONE;

    /** Rows of a mini-batch. */
    public static final int BATCH = 256;

    /** Rise of the training loss that counts as an explosion. */
    public static final double STABILITY_THRESHOLD = 0.10;

    /** Epochs the rise is measured against. */
    public static final int STABILITY_WINDOW = 30;

    /** Selection algorithm. */
    public static final String ALGORITHM = "progressive";

    /** What selection compares. */
    public static final Criterion CRITERION = new Criterion.Mean();

    /** Instances of a finalist. */
    public static final int INSTANCES = 50;

    /** Iterations before the first elimination. */
    public static final int WARMUP = 5;

    /** What halving divides the number of candidates by. */
    public static final int ETA = 2;

    /** Candidates that are never dropped. */
    public static final int SURVIVORS = 3;

    /** Which candidates an iteration drops. */
    public static final SelectionSettings.Drop DROP = new SelectionSettings.Drop.Half();

    /** Share of the dropped candidates that an audit of racing trains in full. */
    public static final double AUDIT = 0.015;

    /** Share of future trainings at or below the certified bound. */
    public static final double COVERAGE = 0.95;

    /** Confidence of the certificate, over all attempts. */
    public static final double CONFIDENCE = 0.95;

    /** Finalists that may be tried. */
    public static final int ATTEMPTS = 1;

    /** Most candidates a space may expand to, before constraints. */
    static final int MOST_CANDIDATES = 200_000;

    /** How candidates are drawn. */
    public static final SamplingSettings.Method SAMPLING = SamplingSettings.Method.SOBOL;

    /** Rounds in which candidates are drawn. */
    public static final int ROUNDS = 1;

    /** Largest share of the pool that a sample may take. */
    public static final double LARGEST_SAMPLE = 0.50;

    /** Share of the pool above which a sample brings a warning. */
    static final double DOUBTFUL_SAMPLE = 0.20;

    private StudyDefaults() {}
}
