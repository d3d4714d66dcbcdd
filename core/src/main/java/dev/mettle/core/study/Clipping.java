package dev.mettle.core.study;

import java.util.OptionalDouble;

/**
 * How far gradients may reach before each step of the optimiser (docs/math/optimisers.md). With
 * both limits the one of each number comes first.
 *
 * @param value largest size of each number, positive (torch.nn.utils.clip_grad_value_)
 * @param norm largest norm of all of them together, positive (torch.nn.utils.clip_grad_norm_)
 */
public record Clipping(OptionalDouble value, OptionalDouble norm) {
    /** No limit. */
    public static final Clipping NONE =
            new Clipping(OptionalDouble.empty(), OptionalDouble.empty());

    public Clipping {
        requirePositive("value", value);
        requirePositive("norm", norm);
    }

    private static void requirePositive(String name, OptionalDouble limit) {
        if (limit.isPresent()
                && !(limit.getAsDouble() > 0 && limit.getAsDouble() < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "%s (%s) must be above 0.".formatted(name, limit.getAsDouble()));
        }
    }
}
