package dev.mettle.core.study;

import static dev.mettle.core.study.SchemaNode.number;
import static dev.mettle.core.study.SchemaNode.section;
import static dev.mettle.core.study.SchemaNode.whole;
import static dev.mettle.core.study.SchemaNode.word;

import java.util.List;
import java.util.Map;

/** The JSON Schema of {@code simulate: {...}}. */
final class SimulationSchema {
    private static final Detector DEFAULT = Detector.SHASHLIK;

    private SimulationSchema() {}

    static SchemaNode simulation() {
        Map<String, SchemaNode> properties =
                Map.ofEntries(
                        Map.entry(
                                "detector",
                                word(SimulationReader.byName().sequencedKeySet())
                                        .absent(StudyDefaults.DETECTOR)
                                        .says("What the other keys change.")),
                        Map.entry(
                                "set",
                                word(Words.SHOWER_SETS.sequencedKeySet())
                                        .absent(Words.of(StudyDefaults.SHOWER_SET))
                                        .says("One photon, or tilted ones with pile-up.")),
                        Map.entry("events", whole(1).says("Number of rows.")),
                        Map.entry(
                                "seed",
                                whole(0).absent(StudyDefaults.SIMULATION_SEED)
                                        .says("Of the events.")),
                        Map.entry(
                                "energy",
                                word(Words.SPECTRA.sequencedKeySet())
                                        .absent(Words.of(StudyDefaults.SPECTRUM.kind()))
                                        .says("Distribution of the energy.")),
                        Map.entry(
                                "min_energy",
                                number(EnergySpectrum.LIMITS)
                                        .absent(StudyDefaults.SPECTRUM.least())
                                        .says("In GeV.")),
                        Map.entry(
                                "max_energy",
                                number(EnergySpectrum.LIMITS)
                                        .absent(StudyDefaults.SPECTRUM.most())
                                        .says("In GeV.")),
                        Map.entry(
                                "layers", whole(1, Detector.MOST_LAYERS).absent(DEFAULT.layers())),
                        Map.entry("absorber", length(Detector.THICKNESS, DEFAULT.absorber())),
                        Map.entry(
                                "scintillator", length(Detector.THICKNESS, DEFAULT.scintillator())),
                        Map.entry("pitch", length(Detector.PITCH, DEFAULT.pitch())),
                        Map.entry(
                                "matrix",
                                whole(Detector.LEAST_MATRIX, Detector.MOST_MATRIX)
                                        .absent(DEFAULT.matrix())
                                        .says("Odd number of cells along a side.")),
                        Map.entry(
                                "sampling_term",
                                number(Detector.SAMPLING_TERM).absent(DEFAULT.samplingTerm())),
                        Map.entry(
                                "photoelectrons",
                                number(Detector.PHOTOELECTRONS)
                                        .absent(DEFAULT.photoelectrons())
                                        .says("Per GeV.")),
                        Map.entry(
                                "noise",
                                number(Detector.NOISE)
                                        .absent(DEFAULT.noise())
                                        .says("Of a cell, in GeV.")),
                        Map.entry(
                                "calibration_spread",
                                number(Detector.CALIBRATION_SPREAD)
                                        .absent(DEFAULT.calibrationSpread())),
                        Map.entry("dead_cells", whole(0).absent(DEFAULT.deadCells())),
                        Map.entry(
                                "miscalibrated_cells",
                                whole(0).absent(DEFAULT.miscalibratedCells())),
                        Map.entry(
                                "detector_seed",
                                whole(0).absent(DEFAULT.seed())
                                        .says("Of gains, dead and miscalibrated cells.")));
        return section(SimulationReader.keys(), List.of("events"), properties)
                .says("Showers that are simulated in memory, instead of a file.");
    }

    private static SchemaNode length(Limits limits, double absent) {
        return number(limits).absent(absent).says("In mm.");
    }
}
