/**
 * Trains networks: the Trainer of core, its layers and the order in which an instance is computed.
 */
@NullMarked
package dev.mettle.engine;

import org.jspecify.annotations.NullMarked;
