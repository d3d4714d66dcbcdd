package dev.mettle.core.study;

/**
 * The distribution of a simulated photon's energy.
 *
 * @param kind what is uniform
 * @param least in GeV, {@value #LEAST} or more
 * @param most in GeV, {@code least} to {@value #MOST}
 */
public record EnergySpectrum(Kind kind, double least, double most) {
    /** Least energy of a photon in GeV: below, the parameterisation of showers says nothing. */
    public static final double LEAST = 0.1;

    /** Largest energy of a photon in GeV. */
    public static final double MOST = 1000;

    static final Limits LIMITS = new Limits(LEAST, true, MOST, true);

    /** What is uniform between the least and the largest energy. */
    public enum Kind {
        /** The energy. */
        UNIFORM,
        /** Its logarithm. */
        LOG_UNIFORM
    }

    public EnergySpectrum {
        if (!(least >= LEAST && least <= most && most <= MOST)) { // so that NaN fails too
            throw new IllegalArgumentException(
                    "the energies (%s to %s GeV) must lie within %s to %s GeV, the least first."
                            .formatted(least, most, LEAST, MOST));
        }
    }
}
