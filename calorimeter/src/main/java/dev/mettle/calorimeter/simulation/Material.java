package dev.mettle.calorimeter.simulation;

/**
 * A material of a calorimeter stack.
 *
 * @param z atomic number; of a compound, the weight average
 * @param zOverA atomic number over atomic weight, in mol/g
 * @param density in g/cm³
 * @param radiationLength in cm
 */
record Material(double z, double zOverA, double density, double radiationLength) {
    static final Material LEAD = new Material(82, 82 / 207.2, 11.35, 0.5612);

    static final Material POLYSTYRENE = new Material(5.61, 0.538, 1.060, 41.31);

    private static final double CRITICAL_FACTOR = 2.66;
    private static final double CRITICAL_POWER = 1.1;

    /** Returns the radiation length as a mass per area, in g/cm². */
    double radiationMass() {
        return radiationLength * density;
    }

    /** Returns the critical energy in MeV: 2.66 (X0 Z/A)^1.1, X0 in g/cm². */
    double criticalEnergy() {
        return CRITICAL_FACTOR * StrictMath.pow(radiationMass() * zOverA, CRITICAL_POWER);
    }
}
