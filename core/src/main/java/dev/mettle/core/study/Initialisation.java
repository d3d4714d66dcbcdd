package dev.mettle.core.study;

/**
 * The distribution that weights start from (docs/math/initialisation.md), in the meaning of
 * torch.nn.init where it has the method. fanIn and fanOut count the kernel's taps; g is the gain.
 */
public enum Initialisation {
    /** Uniform in ±g √(3 / fanIn) (He et al. 2015). */
    KAIMING_UNIFORM(Math.sqrt(2)),
    /** Normal with standard deviation g / √fanIn. */
    KAIMING_NORMAL(Math.sqrt(2)),
    /** Uniform in ±g √(6 / (fanIn + fanOut)) (Glorot and Bengio 2010). */
    XAVIER_UNIFORM(1),
    /** Normal with standard deviation g √(2 / (fanIn + fanOut)). */
    XAVIER_NORMAL(1),
    /** Uniform in ±g √(3 / fanIn) (LeCun et al. 1998). */
    LECUN_UNIFORM(1),
    /** Normal with standard deviation g / √fanIn. */
    LECUN_NORMAL(1),
    /** Normal with standard deviation g, of which values beyond ±2 g are cut off. */
    TRUNCATED_NORMAL(0.02),
    /** g times a random matrix with orthonormal rows or columns (Saxe et al. 2014). */
    ORTHOGONAL(1),
    /** Uniform in ±1 / √fanIn, the default of torch.nn.Linear and Conv2d; its gain is fixed. */
    PYTORCH(Math.sqrt(1. / 3));

    private final double gain;

    Initialisation(double gain) {
        this.gain = gain;
    }

    /** Returns the method's own gain; of {@link #TRUNCATED_NORMAL} the standard deviation. */
    public double gain() {
        return gain;
    }
}
