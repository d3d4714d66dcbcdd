package dev.mettle.engine;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.study.Clipping;
import dev.mettle.core.study.InitialWeights;
import dev.mettle.core.study.Initialisation;
import dev.mettle.core.study.Loss;
import dev.mettle.core.study.Optimizer;
import dev.mettle.core.study.Recipe;
import dev.mettle.core.study.Schedule;
import dev.mettle.core.study.StabilityStop;
import dev.mettle.core.study.StudyDefaults;
import dev.mettle.core.study.Warmup;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Times what a training step adds to the gradients of a network: its optimiser, clipping, the
 * schedule. Prints lines "name microseconds" of processor time per step; pytorch/optimizers.py has
 * the same names.
 */
final class OptimizerBenchmark {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Seed SEED = new Seed(1, Purpose.ASSESS, Seed.Source.INIT, 0);
    private static final int STEPS = 1000;

    /** Enough for the kernels to be compiled, on a busy machine, too. */
    private static final int WARM_UP_BUNDLES = 50;

    private static final int MOST_BUNDLES = 100_000;

    private OptimizerBenchmark() {}

    /** Takes the network's name and the seconds for each line. */
    public static void main(String[] arguments) {
        BenchmarkNetwork network = BenchmarkNetwork.named(arguments[0]);
        long nanos = (long) (Double.parseDouble(arguments[1]) * 1e9);
        recipes(network.batch())
                .forEach((name, recipe) ->
                        System.out.printf(
                                Locale.ROOT,
                                "%s %.3f%n",
                                name,
                                microseconds(network, recipe, nanos)));
    }

    private static Map<String, Recipe> recipes(int batch) {
        Optimizer adam = new Optimizer.Adam(0.001, 0.9, 0.999, 1e-8, 0);
        Optimizer sgd = new Optimizer.Sgd(0.001, 0.9, false, 0);
        OptionalDouble none = OptionalDouble.empty();
        Clipping norm = new Clipping(none, OptionalDouble.of(1));
        Clipping value = new Clipping(OptionalDouble.of(0.5), none);
        Schedule constant = StudyDefaults.SCHEDULE;
        Map<String, Recipe> recipes = new LinkedHashMap<>();
        recipes.put("sgd", recipe(batch, sgd, Clipping.NONE, constant));
        recipes.put(
                "rmsprop",
                recipe(
                        batch,
                        new Optimizer.RmsProp(0.001, 0.99, 1e-8, 0, 0),
                        Clipping.NONE,
                        constant));
        recipes.put(
                "adagrad",
                recipe(
                        batch,
                        new Optimizer.Adagrad(0.001, 0, 0, 1e-10, 0),
                        Clipping.NONE,
                        constant));
        recipes.put("adam", recipe(batch, adam, Clipping.NONE, constant));
        recipes.put(
                "lion",
                recipe(batch, new Optimizer.Lion(0.001, 0.9, 0.99, 0.1), Clipping.NONE, constant));
        recipes.put("sgd+clip_norm", recipe(batch, sgd, norm, constant));
        recipes.put("sgd+clip_value", recipe(batch, sgd, value, constant));
        recipes.put("adam+one_cycle", recipe(batch, adam, Clipping.NONE, StudyDefaults.ONE_CYCLE));
        return recipes;
    }

    private static Recipe recipe(int batch, Optimizer optimizer, Clipping clip, Schedule schedule) {
        return new Recipe(
                new Loss.Mse(),
                optimizer,
                InitialWeights.of(Initialisation.KAIMING_UNIFORM),
                batch,
                1_000_000,
                new StabilityStop.Off(),
                clip,
                schedule,
                Warmup.NONE,
                Optional.empty(),
                StudyDefaults.AUGMENTATION);
    }

    /** Returns the median of bundles of steps, after some to warm up. */
    private static double microseconds(BenchmarkNetwork network, Recipe recipe, long nanos) {
        NetworkPlan plan = new NetworkPlan(network.network(), network.input(), 0, network.batch());
        Workspace workspace = new Workspace();
        workspace.attach(plan);
        RandomStream random = new RandomStream(SEED, Stream.WEIGHTS);
        for (int i = 0; i < plan.weightFloats(); i++) {
            workspace.gradients()[i] = (float) random.nextGaussian();
        }
        Pace pace = new Pace(recipe);
        GradientLimits limits = new GradientLimits(recipe.clip());
        OptimizerSteps optimizer = new OptimizerSteps(recipe.optimizer(), pace);
        optimizer.start(workspace, plan.weightFloats());
        double[] times = new double[MOST_BUNDLES];
        int count = -WARM_UP_BUNDLES;
        long start = System.nanoTime();
        while (count <= 0 || System.nanoTime() - start < nanos && count < times.length) {
            long before = THREADS.getCurrentThreadCpuTime();
            for (int step = 0; step < STEPS; step++) {
                pace.begin(step, STEPS);
                limits.apply(workspace.gradients(), plan.weightFloats());
                optimizer.step(workspace, plan.weightFloats());
            }
            pace.end(1);
            if (count >= 0) {
                times[count] = (THREADS.getCurrentThreadCpuTime() - before) / 1e3 / STEPS;
            } else {
                start = System.nanoTime();
            }
            count++;
        }
        double[] sorted = Arrays.copyOf(times, count);
        Arrays.sort(sorted);
        return sorted[count / 2];
    }
}
