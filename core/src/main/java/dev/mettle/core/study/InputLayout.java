package dev.mettle.core.study;

/** What the axes of an input array mean, n being the number of rows. */
public enum InputLayout {
    /** (n) or (n, columns): numbers without an order. */
    TABLE,
    /** (n, height, width) or (n, channels, height, width). */
    IMAGE,
    /** (n, length) or (n, channels, length): numbers in the order of time or place. */
    SEQUENCE
}
