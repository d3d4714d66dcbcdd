/** YAML files as documents: the only place that knows the YAML library. */
@NullMarked
package dev.mettle.cli.yaml;

import org.jspecify.annotations.NullMarked;
