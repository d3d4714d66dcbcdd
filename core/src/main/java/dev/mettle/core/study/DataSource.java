package dev.mettle.core.study;

import java.util.Optional;

/** Where the rows of a study come from. */
public sealed interface DataSource {
    /** Returns the key of the study that names it. */
    String key();

    /** Returns what messages call it. */
    String label();

    /**
     * A file of data.
     *
     * @param path as written in the study; looked up relative to the study file
     * @param csv how a table of text is written, if the study says it
     */
    record File(String path, Optional<CsvSettings> csv) implements DataSource {
        /** A file that shows itself how it is written. */
        public File(String path) {
            this(path, Optional.empty());
        }

        @Override
        public String key() {
            return "file";
        }

        @Override
        public String label() {
            return path;
        }
    }

    /**
     * Showers that are simulated in memory.
     *
     * @param detector in which
     * @param set which events
     * @param spectrum energies of the photons
     * @param events number of events, at least 1
     * @param seed of the events
     */
    record Simulation(
            Detector detector, ShowerSet set, EnergySpectrum spectrum, int events, long seed)
            implements DataSource {
        public Simulation {
            if (events < 1) {
                throw new IllegalArgumentException(
                        "events (%d) must be 1 or more.".formatted(events));
            }
        }

        @Override
        public String key() {
            return "simulate";
        }

        @Override
        public String label() {
            return "the simulation";
        }
    }
}
