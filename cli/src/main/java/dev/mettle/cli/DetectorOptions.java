package dev.mettle.cli;

import dev.mettle.core.study.Detector;

import picocli.CommandLine.Option;

/** The options that change the simulated detector; each is one of {@link Detector}. */
final class DetectorOptions {
    @Option(
            names = "--layers",
            paramLabel = "N",
            description = "Layers of lead and scintillator; 66.")
    private int layers = Detector.SHASHLIK.layers();

    @Option(names = "--absorber", paramLabel = "MM", description = "Lead of a layer; 2 mm.")
    private double absorber = Detector.SHASHLIK.absorber();

    @Option(
            names = "--scintillator",
            paramLabel = "MM",
            description = "Scintillator of a layer; 4 mm.")
    private double scintillator = Detector.SHASHLIK.scintillator();

    @Option(names = "--pitch", paramLabel = "MM", description = "Side of a cell; 20.2 mm.")
    private double pitch = Detector.SHASHLIK.pitch();

    @Option(names = "--matrix", paramLabel = "N", description = "Cells along a side, odd; 15.")
    private int matrix = Detector.SHASHLIK.matrix();

    @Option(
            names = "--sampling-term",
            paramLabel = "C",
            description = "C of the resolution C/sqrt(E/GeV) by sampling; 0.1.")
    private double samplingTerm = Detector.SHASHLIK.samplingTerm();

    @Option(
            names = "--photoelectrons",
            paramLabel = "N",
            description = "Photoelectrons per GeV; 3000.")
    private double photoelectrons = Detector.SHASHLIK.photoelectrons();

    @Option(names = "--noise", paramLabel = "GEV", description = "Noise of a cell; 0.01 GeV.")
    private double noise = Detector.SHASHLIK.noise();

    @Option(
            names = "--calibration-spread",
            paramLabel = "S",
            description = "Standard deviation of the cells' gains; 0.01.")
    private double calibrationSpread = Detector.SHASHLIK.calibrationSpread();

    @Option(names = "--dead-cells", paramLabel = "N", description = "Cells that read 0; none.")
    private int deadCells = Detector.SHASHLIK.deadCells();

    @Option(
            names = "--miscalibrated-cells",
            paramLabel = "N",
            description = "Cells of a gain between 0.7 and 1.3; none.")
    private int miscalibratedCells = Detector.SHASHLIK.miscalibratedCells();

    @Option(
            names = "--detector-seed",
            paramLabel = "S",
            description = "Decides gains, dead and miscalibrated cells; 1.")
    private long seed = Detector.SHASHLIK.seed();

    /**
     * Returns the detector.
     *
     * @throws UserException when there is none like it
     */
    Detector detector() {
        try {
            return new Detector(
                    layers,
                    absorber,
                    scintillator,
                    pitch,
                    matrix,
                    samplingTerm,
                    photoelectrons,
                    noise,
                    calibrationSpread,
                    deadCells,
                    miscalibratedCells,
                    seed);
        } catch (IllegalArgumentException e) {
            throw new UserException(asOption(String.valueOf(e.getMessage())));
        }
    }

    /** The message begins with a key of the study file, such as dead_cells: here, --dead-cells. */
    private static String asOption(String message) {
        int end = message.indexOf(' ');
        return "--" + message.substring(0, end).replace('_', '-') + message.substring(end);
    }
}
