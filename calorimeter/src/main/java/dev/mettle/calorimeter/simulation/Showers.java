package dev.mettle.calorimeter.simulation;

/**
 * Simulated events as arrays of equal rows. The arrays are shared, not copied: nobody writes to
 * them once they are full.
 */
public final class Showers {
    private final int rows;
    private final int matrix;
    private final float[] cells;
    private final float[] energy;
    private final float[] x;
    private final float[] y;
    private final float[] theta;
    private final float[] phi;
    private final float[] pileUp;

    Showers(int rows, int matrix) {
        this.rows = rows;
        this.matrix = matrix;
        this.cells = new float[Math.multiplyExact(rows, matrix * matrix)];
        this.energy = new float[rows];
        this.x = new float[rows];
        this.y = new float[rows];
        this.theta = new float[rows];
        this.phi = new float[rows];
        this.pileUp = new float[rows];
    }

    void set(int row, EventSource.Photons photons) {
        Photon main = photons.main();
        energy[row] = (float) main.energy();
        x[row] = (float) main.x();
        y[row] = (float) main.y();
        theta[row] = (float) main.theta();
        phi[row] = (float) main.phi();
        pileUp[row] = photons.pileUp().map(photon -> (float) photon.energy()).orElse(0f);
    }

    /** Returns the number of events. */
    public int rows() {
        return rows;
    }

    /** Returns the number of cells along a side. */
    public int matrix() {
        return matrix;
    }

    /** Returns the cells in GeV, [rows, matrix, matrix], indices row, ix, iy. */
    public float[] cells() {
        return cells;
    }

    /** Returns the energies of the photons in GeV, [rows]. */
    public float[] energy() {
        return energy;
    }

    /** Returns where the photons enter, in mm from the centre of the matrix, [rows]. */
    public float[] x() {
        return x;
    }

    /** Returns where the photons enter, in mm from the centre of the matrix, [rows]. */
    public float[] y() {
        return y;
    }

    /** Returns the angles to the axis of the calorimeter in rad, [rows]. */
    public float[] theta() {
        return theta;
    }

    /** Returns the directions of the tilts in rad from the x axis, [rows]. */
    public float[] phi() {
        return phi;
    }

    /** Returns the energies of the pile-up photons in GeV, 0 for none, [rows]. */
    public float[] pileUp() {
        return pileUp;
    }
}
