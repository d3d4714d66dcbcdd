package dev.mettle.calorimeter.simulation;

/**
 * A photon that enters the calorimeter at its front face.
 *
 * @param energy in GeV, above 0
 * @param x where it enters, in mm from the centre of the matrix
 * @param y likewise
 * @param theta angle to the axis of the calorimeter, in rad, below π/2
 * @param phi direction of the tilt in the plane of the face, in rad from the x axis
 */
record Photon(double energy, double x, double y, double theta, double phi) {}
