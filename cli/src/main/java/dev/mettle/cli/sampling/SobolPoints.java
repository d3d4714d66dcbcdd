package dev.mettle.cli.sampling;

import dev.mettle.core.study.SobolSequence;

import org.hipparchus.random.SobolSequenceGenerator;

import java.util.function.Supplier;

/** The sequence of Sobol' by Hipparchus, with the direction numbers of Joe and Kuo (2008). */
public final class SobolPoints implements SobolSequence {
    /** Coordinates for which Hipparchus has direction numbers. */
    private static final int MOST = 21_201;

    @Override
    public int mostCoordinates() {
        return MOST;
    }

    @Override
    public Supplier<double[]> points(int coordinates) {
        return new SobolSequenceGenerator(coordinates)::nextVector;
    }
}
