package dev.mettle.core.network;

/** What a window of a convolution or a pool moves over. */
public enum Axes {
    /** Height and width of an image: conv2d, maxpool, avgpool. */
    IMAGE,
    /** The length of a sequence, [channels, 1, length]: conv1d, maxpool1d, avgpool1d. */
    SEQUENCE
}
