package dev.mettle.core.study;

/**
 * How weights start, in the meaning of torch.nn.init with its default arguments; biases start at 0.
 * fanIn and fanOut count the kernel's taps.
 */
public enum Initialisation {
    /** Uniform in ±√(6 / fanIn) (He et al. 2015). */
    KAIMING_UNIFORM,
    /** Normal with standard deviation √(2 / fanIn). */
    KAIMING_NORMAL,
    /** Uniform in ±√(6 / (fanIn + fanOut)) (Glorot and Bengio 2010). */
    XAVIER_UNIFORM,
    /** Normal with standard deviation √(2 / (fanIn + fanOut)). */
    XAVIER_NORMAL
}
