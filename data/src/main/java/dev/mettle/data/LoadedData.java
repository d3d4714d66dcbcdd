package dev.mettle.data;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.study.DataFacts;

/**
 * The data of a study, checked.
 *
 * @param dataset all rows, finite
 * @param facts what the rest of the study is checked against
 */
public record LoadedData(Dataset dataset, DataFacts facts) {}
