package dev.mettle.core.study;

import java.math.BigDecimal;

/**
 * A Shashlik calorimeter to be simulated: layers of lead and scintillator (polystyrene), read out
 * in a square matrix of square cells.
 *
 * @param layers number of layers, 1 to 1,000
 * @param absorber thickness of the lead of a layer in mm, above 0 and at most 1,000
 * @param scintillator thickness of the scintillator of a layer in mm, above 0 and at most 1,000
 * @param pitch side of a cell in mm, 1 to 1,000
 * @param matrix cells along a side, odd (so that there is a central cell), 3 to 255
 * @param samplingTerm c of the sampling resolution c/√(E/GeV), 0.01 to 1
 * @param photoelectrons per GeV, 1 to 10⁶
 * @param noise standard deviation of a cell's noise in GeV, 0 to 10
 * @param calibrationSpread standard deviation of the cells' gains, 0 to 0.2
 * @param deadCells cells that always read 0, fewer than all
 * @param miscalibratedCells cells whose gain is uniform in [0.7, 1.3), fewer than the others
 * @param seed decides gains, dead and miscalibrated cells: another seed, another detector
 */
public record Detector(
        int layers,
        double absorber,
        double scintillator,
        double pitch,
        int matrix,
        double samplingTerm,
        double photoelectrons,
        double noise,
        double calibrationSpread,
        int deadCells,
        int miscalibratedCells,
        long seed) {
    static final int MOST_LAYERS = 1000;
    static final int LEAST_MATRIX = 3;
    static final int MOST_MATRIX = 255;
    static final Limits THICKNESS = new Limits(0, false, 1000, true);
    static final Limits PITCH = new Limits(1, true, 1000, true);
    static final Limits SAMPLING_TERM = new Limits(0.01, true, 1, true);
    static final Limits PHOTOELECTRONS = new Limits(1, true, 1e6, true);
    static final Limits NOISE = new Limits(0, true, 10, true);
    static final Limits CALIBRATION_SPREAD = new Limits(0, true, 0.2, true);

    /**
     * The electromagnetic calorimeter of LHCb as published (66 layers of 2 mm and 4 mm), with 15 x
     * 15 cells of 20.2 mm, a sampling term of 10 %, 3,000 photoelectrons per GeV, gains known to 1
     * %, and 10 MeV of noise.
     */
    public static final Detector SHASHLIK =
            new Detector(66, 2, 4, 20.2, 15, 0.10, 3000, 0.010, 0.01, 0, 0, 1);

    public Detector {
        require(layers >= 1 && layers <= MOST_LAYERS, "layers", layers, " from 1 to 1000");
        require(THICKNESS, "absorber", absorber);
        require(THICKNESS, "scintillator", scintillator);
        require(PITCH, "pitch", pitch);
        require(
                matrix >= LEAST_MATRIX && matrix <= MOST_MATRIX && matrix % 2 == 1,
                "matrix",
                matrix,
                " from 3 to 255, and odd");
        require(SAMPLING_TERM, "sampling_term", samplingTerm);
        require(PHOTOELECTRONS, "photoelectrons", photoelectrons);
        require(NOISE, "noise", noise);
        require(CALIBRATION_SPREAD, "calibration_spread", calibrationSpread);
        int others = matrix * matrix - deadCells;
        require(deadCells >= 0 && others > 0, "dead_cells", deadCells, " below that of all cells");
        require(
                miscalibratedCells >= 0 && miscalibratedCells < others,
                "miscalibrated_cells",
                miscalibratedCells,
                " below that of the cells that are not dead, " + others);
    }

    private static void require(Limits limits, String what, double found) {
        boolean right = Double.isFinite(found) && limits.contain(new BigDecimal(found));
        require(right, what, found, limits.described());
    }

    private static void require(boolean right, String what, Number found, String allowed) {
        if (!right) {
            throw new IllegalArgumentException(
                    "%s (%s) must be a number%s.".formatted(what, found, allowed));
        }
    }

    /** Returns the number of cells. */
    public int cells() {
        return matrix * matrix;
    }

    /** Returns the distance from the centre of the matrix to its edge, in mm. */
    public double halfWidth() {
        return matrix * pitch / 2;
    }
}
