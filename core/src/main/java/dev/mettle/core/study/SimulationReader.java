package dev.mettle.core.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads {@code simulate: {...}} of the section {@code data}. */
final class SimulationReader {
    private static final SequencedMap<String, Detector> DETECTORS = detectors();
    private static final List<String> KEYS =
            List.of(
                    "detector",
                    "set",
                    "events",
                    "seed",
                    "energy",
                    "min_energy",
                    "max_energy",
                    "layers",
                    "absorber",
                    "scintillator",
                    "pitch",
                    "matrix",
                    "sampling_term",
                    "photoelectrons",
                    "noise",
                    "calibration_spread",
                    "dead_cells",
                    "miscalibrated_cells",
                    "detector_seed");

    private final Problems problems;
    private final Scope scope;

    SimulationReader(Scope scope, Problems problems) {
        this.scope = scope;
        this.problems = problems;
    }

    private static SequencedMap<String, Detector> detectors() {
        SequencedMap<String, Detector> detectors = new LinkedHashMap<>();
        detectors.put(StudyDefaults.DETECTOR, Detector.SHASHLIK);
        return detectors;
    }

    static List<String> keys() {
        return KEYS;
    }

    /** Returns the detectors that a study can name. */
    static SequencedMap<String, Detector> byName() {
        return DETECTORS;
    }

    /** Reads the settings that stand under the key {@code simulate} of {@code data}. */
    Optional<DataSource> read(Section data) {
        return data.value("simulate")
                .flatMap(node ->
                        Section.open(
                                node,
                                "'simulate'",
                                data.keyPlace("simulate"),
                                KEYS,
                                scope,
                                problems))
                .flatMap(this::simulation);
    }

    private Optional<DataSource> simulation(Section section) {
        Optional<Detector> start = section.word("detector", DETECTORS, Detector.SHASHLIK);
        Optional<Detector> detector = start.flatMap(named -> detector(section, named));
        Optional<ShowerSet> set = section.word("set", Words.SHOWER_SETS, StudyDefaults.SHOWER_SET);
        Optional<Integer> events = section.whole("events", 1, Integer.MAX_VALUE);
        Optional<Long> seed = section.wide("seed", 0, StudyDefaults.SIMULATION_SEED);
        Optional<EnergySpectrum> spectrum = spectrum(section);
        if (detector.isEmpty() || set.isEmpty() || events.isEmpty() || seed.isEmpty()) {
            return Optional.empty();
        }
        return spectrum.flatMap(energies ->
                fitting(section, detector.get(), events.get())
                        ? Optional.of(
                                new DataSource.Simulation(
                                        detector.get(),
                                        set.get(),
                                        energies,
                                        events.get(),
                                        seed.get()))
                        : Optional.empty());
    }

    private boolean fitting(Section section, Detector detector, int events) {
        int most = (Integer.MAX_VALUE - 8) / detector.cells();
        if (events > most) {
            problems.add(
                    section.place("events"),
                    "events (%d) must be at most %d with %d x %d cells: an array holds no more.",
                    events,
                    most,
                    detector.matrix(),
                    detector.matrix());
        }
        return events <= most;
    }

    private Optional<EnergySpectrum> spectrum(Section section) {
        Optional<EnergySpectrum.Kind> kind =
                section.word("energy", Words.SPECTRA, StudyDefaults.SPECTRUM.kind());
        Optional<Double> least =
                section.number("min_energy", EnergySpectrum.LIMITS, StudyDefaults.SPECTRUM.least());
        Optional<Double> most =
                section.number("max_energy", EnergySpectrum.LIMITS, StudyDefaults.SPECTRUM.most());
        if (kind.isEmpty() || least.isEmpty() || most.isEmpty()) {
            return Optional.empty();
        }
        if (least.get() > most.get()) {
            problems.add(
                    section.place(section.has("min_energy") ? "min_energy" : "max_energy"),
                    "min_energy (%s GeV) is above max_energy (%s GeV).",
                    least.get(),
                    most.get());
            return Optional.empty();
        }
        return Optional.of(new EnergySpectrum(kind.get(), least.get(), most.get()));
    }

    private Optional<Detector> detector(Section section, Detector named) {
        Optional<Integer> layers = section.whole("layers", 1, Detector.MOST_LAYERS, named.layers());
        Optional<Double> absorber =
                section.number("absorber", Detector.THICKNESS, named.absorber());
        Optional<Double> scintillator =
                section.number("scintillator", Detector.THICKNESS, named.scintillator());
        Optional<Double> sampling =
                section.number("sampling_term", Detector.SAMPLING_TERM, named.samplingTerm());
        Optional<Double> light =
                section.number("photoelectrons", Detector.PHOTOELECTRONS, named.photoelectrons());
        Optional<Double> noise = section.number("noise", Detector.NOISE, named.noise());
        Optional<Double> spread =
                section.number(
                        "calibration_spread",
                        Detector.CALIBRATION_SPREAD,
                        named.calibrationSpread());
        Optional<Double> pitch = section.number("pitch", Detector.PITCH, named.pitch());
        Optional<Cells> cells = cells(section, named);
        if (layers.isEmpty() || absorber.isEmpty() || scintillator.isEmpty() || pitch.isEmpty()) {
            return Optional.empty();
        }
        if (sampling.isEmpty() || light.isEmpty() || noise.isEmpty() || spread.isEmpty()) {
            return Optional.empty();
        }
        return cells.map(found ->
                new Detector(
                        layers.get(),
                        absorber.get(),
                        scintillator.get(),
                        pitch.get(),
                        found.matrix,
                        sampling.get(),
                        light.get(),
                        noise.get(),
                        spread.get(),
                        found.dead,
                        found.miscalibrated,
                        found.seed));
    }

    /** What is counted in cells. */
    private record Cells(int matrix, int dead, int miscalibrated, long seed) {}

    private Optional<Cells> cells(Section section, Detector named) {
        Optional<Integer> matrix =
                section.odd("matrix", Detector.LEAST_MATRIX, Detector.MOST_MATRIX, named.matrix());
        Optional<Long> seed = section.wide("detector_seed", 0, named.seed());
        if (matrix.isEmpty()) {
            return Optional.empty();
        }
        int most = matrix.get() * matrix.get() - 1;
        Optional<Integer> dead = section.whole("dead_cells", 0, most, named.deadCells());
        Optional<Integer> miscalibrated =
                section.whole(
                        "miscalibrated_cells",
                        0,
                        most - dead.orElse(0),
                        named.miscalibratedCells());
        if (dead.isEmpty() || miscalibrated.isEmpty() || seed.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Cells(matrix.get(), dead.get(), miscalibrated.get(), seed.get()));
    }
}
