/** What a network is (layers, shapes, weight counts), apart from how it is computed. */
@NullMarked
package dev.mettle.core.network;

import org.jspecify.annotations.NullMarked;
