package dev.mettle.core.study;

/**
 * Looks at the data a study names: a port, so that reading a study file needs no reader of data.
 */
@FunctionalInterface
public interface DataInspector {
    /**
     * Returns what the study must know of its data.
     *
     * @throws DataException when the data are not there or do not fit; its message goes to the key
     *     it names
     */
    DataFacts inspect(DataSettings settings);
}
