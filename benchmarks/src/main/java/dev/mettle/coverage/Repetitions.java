package dev.mettle.coverage;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

/**
 * Repeats an experiment on all processors and counts. Each repetition has random numbers of its
 * own, so the counts do not depend on the number of threads.
 *
 * @param count how often
 */
record Repetitions(int count) {
    /** One repetition: tells which of several events happened. */
    interface Experiment {
        boolean[] run(RandomStream random);
    }

    /**
     * Runs the experiment.
     *
     * @param number of the experiment; other numbers give other random numbers
     * @param events how many events are counted
     * @return the share of repetitions in which each event happened
     */
    double[] shares(int number, int events, Experiment experiment) {
        AtomicIntegerArray counts = new AtomicIntegerArray(events);
        IntStream.range(0, count)
                .parallel()
                .forEach(repetition -> {
                    Seed seed = new Seed(number, Purpose.ASSESS, Seed.Source.SAMPLE, repetition);
                    boolean[] happened = experiment.run(new RandomStream(seed, Stream.EVENT));
                    for (int event = 0; event < events; event++) {
                        if (happened[event]) {
                            counts.incrementAndGet(event);
                        }
                    }
                });
        double[] shares = new double[events];
        Arrays.setAll(shares, event -> (double) counts.get(event) / count);
        return shares;
    }

    /** Returns a share as per cent with one digit. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    /** Returns a row of a Markdown table. */
    static String row(Object... cells) {
        StringBuilder row = new StringBuilder("|");
        for (Object cell : cells) {
            row.append(' ').append(cell instanceof Double share ? percent(share) : cell);
            row.append(" |");
        }
        return row.toString();
    }

    /** Returns the two first rows of a Markdown table. */
    static String head(String... titles) {
        return row((Object[]) titles) + "\n|" + "---|".repeat(titles.length);
    }
}
