/**
 * The plots of the report as files: SVG drawn by the report's own libraries in a JavaScript engine
 * of the JVM, and PNG painted from that SVG. No browser takes part, and no other drawing code.
 */
@org.jspecify.annotations.NullMarked
package dev.mettle.figures;
