package dev.mettle.calorimeter.simulation;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.study.Detector;

/**
 * What the read-out of a detector makes of the energy in its cells: a Poisson number of
 * photoelectrons, the cell's gain, and noise. Gains, dead and miscalibrated cells are drawn once
 * from the detector's seed. Not changed after it is made: threads may share it.
 */
final class ReadOut {
    private static final double LEAST_GAIN = 0.7;
    private static final double GAIN_RANGE = 0.6;

    private final double photoelectrons;
    private final double noise;
    private final double[] gains;

    ReadOut(Detector detector) {
        this.photoelectrons = detector.photoelectrons();
        this.noise = detector.noise();
        this.gains = gains(detector);
    }

    /**
     * Returns the gain of each cell, 0 for a dead one. Every cell's gain is drawn first, so that a
     * dead cell changes no other.
     */
    private static double[] gains(Detector detector) {
        RandomStream random =
                new RandomStream(
                        new Seed(detector.seed(), Purpose.RACE, Seed.Source.SAMPLE, 0),
                        Stream.DETECTOR);
        double[] gains = new double[detector.cells()];
        int[] order = new int[gains.length];
        for (int cell = 0; cell < gains.length; cell++) {
            gains[cell] = 1 + detector.calibrationSpread() * random.nextGaussian();
            order[cell] = cell;
        }
        random.shuffle(order, order.length);
        for (int i = 0; i < detector.deadCells(); i++) {
            gains[order[i]] = 0;
        }
        for (int i = 0; i < detector.miscalibratedCells(); i++) { // from the other end
            gains[order[order.length - 1 - i]] = LEAST_GAIN + GAIN_RANGE * random.nextDouble();
        }
        return gains;
    }

    /**
     * Reads all cells out.
     *
     * @param deposits [matrix, matrix] in GeV
     * @param out receives as many values in GeV, from {@code from} on
     */
    void read(double[] deposits, RandomStream random, float[] out, int from) {
        for (int cell = 0; cell < deposits.length; cell++) {
            double light = PoissonSampler.draw(random, deposits[cell] * photoelectrons);
            double pedestal = noise * random.nextGaussian();
            double gain = gains[cell];
            out[from + cell] = gain == 0 ? 0 : (float) (light / photoelectrons * gain + pedestal);
        }
    }
}
