package dev.mettle.engine;

import dev.mettle.core.study.Recipe;
import dev.mettle.core.study.Schedule;
import dev.mettle.core.study.Warmup;

/**
 * The learning rate and momentum of each step of one training (docs/math/schedules.md), in double.
 * Allocates nothing.
 */
final class Pace {
    /** A reduction on a plateau by less than this is none (torch's eps). */
    private static final double LEAST_CHANGE = 1e-8;

    /** A smaller rate is 0: it would be a denormal float in the end, which is slow. */
    private static final double LEAST_RATE = 0x1p-100;

    private final double full;
    private final Schedule schedule;
    private final Warmup warmup;
    private final int scheduledEpochs;

    /** Epochs that are over. */
    private int epoch;

    /** The rate of this epoch where the schedule multiplies it by factors. */
    private double level;

    private double best = Double.POSITIVE_INFINITY;
    private int badEpochs;
    private int cooldown;

    private double rate;
    private double momentum;

    Pace(Recipe recipe) {
        this.full = recipe.optimizer().learningRate();
        this.schedule = recipe.schedule();
        this.warmup = recipe.warmup();
        this.scheduledEpochs = recipe.epochs() - warmup.epochs();
        this.level = full;
        this.rate = full;
    }

    /**
     * Begins a step.
     *
     * @param step of the epoch, from 0
     * @param steps of each epoch
     */
    void begin(int step, int steps) {
        int after = epoch - warmup.epochs();
        if (after >= 0) {
            schedule(after, step, steps);
        } else {
            schedule(0, 0, steps);
            double done = ((double) epoch * steps + step) / ((double) warmup.epochs() * steps);
            rate *= warmup.start() + (1 - warmup.start()) * done;
        }
        if (rate < LEAST_RATE) {
            rate = 0;
        }
    }

    /** Returns the step's learning rate. */
    double rate() {
        return rate;
    }

    /** Tells whether momentum moves with the learning rate. */
    boolean movesMomentum() {
        return schedule instanceof Schedule.OneCycle cycle && cycle.momentum().isPresent();
    }

    /** Returns the step's momentum, or first beta, of an optimiser that has one of its own. */
    double momentum(double own) {
        return movesMomentum() ? momentum : own;
    }

    /**
     * Ends an epoch.
     *
     * @param loss mean training loss of its rows
     */
    void end(float loss) {
        epoch++;
        int after = epoch - warmup.epochs();
        if (after <= 0) {
            return;
        }
        switch (schedule) {
            case Schedule.Step s -> level *= after % s.every() == 0 ? s.factor() : 1;
            case Schedule.Exponential s -> level *= s.factor();
            case Schedule.ReduceOnPlateau s -> judge(s, loss);
            case Schedule.Constant _, Schedule.Cosine _, Schedule.OneCycle _ -> {}
        }
    }

    /** Sets rate and momentum; epochs after the last one are like it. */
    private void schedule(int after, int step, int steps) {
        switch (schedule) {
            case Schedule.Constant _,
                    Schedule.Step _,
                    Schedule.Exponential _,
                    Schedule.ReduceOnPlateau _ ->
                    rate = level;
            case Schedule.Cosine s -> {
                double part = (double) Math.min(after, scheduledEpochs - 1) / scheduledEpochs;
                double least = s.min() * full;
                rate = least + (full - least) * (1 + CosinePi.of(part)) / 2;
            }
            case Schedule.OneCycle s -> {
                double last = (double) scheduledEpochs * steps - 1;
                cycle(s, Math.min((double) after * steps + step, last), last);
            }
        }
    }

    private void cycle(Schedule.OneCycle s, double step, double last) {
        double first = full / s.divFactor();
        double top = s.pctStart() * (last + 1) - 1;
        boolean rises = step <= top;
        double part = rises ? (top > 0 ? step / top : 1) : (step - top) / (last - top);
        rate = rises ? between(first, full, part) : between(full, first / s.finalDivFactor(), part);
        if (s.momentum().isPresent()) {
            Schedule.Momentum m = s.momentum().get();
            momentum = rises ? between(m.max(), m.base(), part) : between(m.base(), m.max(), part);
        }
    }

    /** Returns a point of half a cosine from {@code start}, at 0, to {@code end}, at 1. */
    private static double between(double start, double end, double part) {
        return end + (start - end) / 2 * (CosinePi.of(part) + 1);
    }

    private void judge(Schedule.ReduceOnPlateau s, float loss) {
        if (loss < best * (1 - s.threshold())) {
            best = loss;
            badEpochs = 0;
        } else {
            badEpochs++;
        }
        if (cooldown > 0) {
            cooldown--;
            badEpochs = 0;
        }
        if (badEpochs > s.patience()) {
            double lower = Math.max(level * s.factor(), s.min() * full);
            level = level - lower > LEAST_CHANGE ? lower : level;
            cooldown = s.cooldown();
            badEpochs = 0;
        }
    }
}
