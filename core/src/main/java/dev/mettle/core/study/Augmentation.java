package dev.mettle.core.study;

/**
 * How the inputs of mini-batches are changed at random, each row anew in each epoch
 * (docs/math/augmentation.md). Held-out rows never are.
 *
 * @param shift an image moves by up to so many whole pixels in either direction of height and
 *     width; what comes in reads 0 in the unit of the input array; 0 for not at all
 * @param flip which mirror images are as likely as the image itself
 * @param noise standard deviation of the normal noise on each value, in units of the scaled input;
 *     0 for none
 */
public record Augmentation(int shift, Flip flip, double noise) {
    /** Leaves the inputs as they are. */
    public static final Augmentation NONE = new Augmentation(0, Flip.NONE, 0);

    /** Mirror images. */
    public enum Flip {
        /** None. */
        NONE,
        /** Left and right change places. */
        HORIZONTAL,
        /** Top and bottom change places. */
        VERTICAL,
        /** Either, independently. */
        BOTH;

        /** Tells whether left and right may change places. */
        public boolean isHorizontal() {
            return this == HORIZONTAL || this == BOTH;
        }

        /** Tells whether top and bottom may change places. */
        public boolean isVertical() {
            return this == VERTICAL || this == BOTH;
        }
    }

    public Augmentation {
        if (shift < 0 || !(noise >= 0) || Double.isInfinite(noise)) {
            throw new IllegalArgumentException(
                    "shift (%d) must be 0 or more and noise (%s) finite and 0 or more."
                            .formatted(shift, noise));
        }
    }

    /** Tells whether inputs stay as they are. */
    public boolean isOff() {
        return !isSpatial() && noise == 0;
    }

    /** Tells whether pixels change places, which only images have. */
    public boolean isSpatial() {
        return shift > 0 || flip != Flip.NONE;
    }
}
