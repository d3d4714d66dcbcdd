package dev.mettle.core.study;

import dev.mettle.core.data.Scale;

/** How numbers are scaled before a network sees them; fitted on each instance's own sample. */
public enum ScaleKind {
    /** As they are. */
    NONE,
    /** Less the mean, divided by the standard deviation. */
    STANDARD,
    /**
     * asinh(x / unit), unit = mean absolute value of the sample; then as {@link #STANDARD}. For
     * inputs.
     */
    ASINH,
    /** Natural logarithm, then as {@link #STANDARD}. For targets and features. */
    LOG;

    /** Returns the transform that goes before mean and deviation. */
    public Scale.Transform transform() {
        return switch (this) {
            case NONE, STANDARD -> Scale.Transform.IDENTITY;
            case ASINH -> Scale.Transform.ASINH;
            case LOG -> Scale.Transform.LOG;
        };
    }
}
