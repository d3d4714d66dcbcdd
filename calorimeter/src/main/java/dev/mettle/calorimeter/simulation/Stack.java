package dev.mettle.calorimeter.simulation;

import dev.mettle.core.study.Detector;

/**
 * A stack of absorber and scintillator as one effective material (hep-ex/0001020, section 3.2): the
 * weight fractions W of the two materials average the inverse radiation lengths, the inverse
 * Molière radii and the atomic numbers.
 *
 * @param z effective atomic number
 * @param radiationLength X0 in mm
 * @param criticalEnergy in GeV
 * @param moliereRadius in mm
 * @param samplingFrequency radiation length over the thickness of a layer
 * @param eHat signal of electrons over that of minimum ionising particles: 1 / (1 + 0.007 (Z of the
 *     absorber - Z of the scintillator))
 * @param depth in radiation lengths
 */
record Stack(
        double z,
        double radiationLength,
        double criticalEnergy,
        double moliereRadius,
        double samplingFrequency,
        double eHat,
        double depth) {
    /** Energy scale of multiple scattering as the paper rounds it, in MeV. */
    private static final double SCATTERING_ENERGY = 21;

    private static final double E_HAT_SLOPE = 0.007;
    private static final double MM_PER_CM = 10;
    private static final double MEV_PER_GEV = 1000;

    /** Returns the effective material of a detector. */
    static Stack of(Detector detector) {
        return of(
                Material.LEAD,
                detector.absorber() / MM_PER_CM,
                Material.POLYSTYRENE,
                detector.scintillator() / MM_PER_CM,
                detector.layers());
    }

    /** Thicknesses {@code d1}, {@code d2} of one layer in cm. */
    private static Stack of(Material absorber, double d1, Material active, double d2, int layers) {
        double mass1 = d1 * absorber.density();
        double mass2 = d2 * active.density();
        double mass = mass1 + mass2;
        double inverseX0 =
                (mass1 / absorber.radiationMass() + mass2 / active.radiationMass()) / mass;
        double showering = // sum of W Ec / X0
                (mass1 * absorber.criticalEnergy() / absorber.radiationMass()
                                + mass2 * active.criticalEnergy() / active.radiationMass())
                        / mass;
        double density = mass / (d1 + d2);
        double radiationLength = 1 / (inverseX0 * density);
        return new Stack(
                (mass1 * absorber.z() + mass2 * active.z()) / mass,
                radiationLength * MM_PER_CM,
                showering / inverseX0 / MEV_PER_GEV,
                SCATTERING_ENERGY / (showering * density) * MM_PER_CM,
                radiationLength / (d1 + d2),
                1 / (1 + E_HAT_SLOPE * (absorber.z() - active.z())),
                layers * (d1 + d2) / radiationLength);
    }
}
