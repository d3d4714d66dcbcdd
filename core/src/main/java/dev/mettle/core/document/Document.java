package dev.mettle.core.document;

/**
 * A document as read from a file.
 *
 * @param root its outermost value
 * @param text the text it was read from
 */
public record Document(Node root, String text) {}
