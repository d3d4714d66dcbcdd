package dev.mettle.calorimeter.simulation;

import dev.mettle.core.random.RandomStream;
import dev.mettle.core.study.Detector;
import dev.mettle.core.study.EnergySpectrum;
import dev.mettle.core.study.ShowerSet;

import java.util.Optional;

/** Draws the photons of an event. */
final class EventSource {
    private static final double LARGEST_TILT = StrictMath.toRadians(15);
    private static final double TWO_PI = 2 * Math.PI;
    private static final int CENTRAL_CELLS = 3;
    private static final double PILE_UP_PROBABILITY = 0.5;
    private static final double LEAST_PILE_UP = 0.05;
    private static final double MOST_PILE_UP = 0.5;

    /**
     * The photons of an event.
     *
     * @param main the one that is to be measured
     * @param pileUp a second, softer one
     */
    record Photons(Photon main, Optional<Photon> pileUp) {}

    private final ShowerSet set;
    private final EnergySpectrum spectrum;
    private final double pitch;
    private final double width;

    EventSource(ShowerSet set, EnergySpectrum spectrum, Detector detector) {
        this.set = set;
        this.spectrum = spectrum;
        this.pitch = detector.pitch();
        this.width = 2 * detector.halfWidth();
    }

    Photons draw(RandomStream random) {
        double energy = energy(random);
        return switch (set) {
            case SIMPLE -> {
                double x = across(pitch, random);
                double y = across(pitch, random);
                yield new Photons(new Photon(energy, x, y, 0, 0), Optional.empty());
            }
            case COMPLEX -> {
                Photon main = tilted(energy, CENTRAL_CELLS * pitch, random);
                boolean isAlone = random.nextDouble() >= PILE_UP_PROBABILITY;
                double share = LEAST_PILE_UP + (MOST_PILE_UP - LEAST_PILE_UP) * random.nextDouble();
                Photon other = tilted(share * energy, width, random);
                yield new Photons(main, isAlone ? Optional.empty() : Optional.of(other));
            }
        };
    }

    private double energy(RandomStream random) {
        double u = random.nextDouble();
        double least = spectrum.least();
        double most = spectrum.most();
        double energy =
                switch (spectrum.kind()) {
                    case UNIFORM -> least + (most - least) * u;
                    case LOG_UNIFORM -> least * StrictMath.exp(u * StrictMath.log(most / least));
                };
        return Math.clamp(energy, least, most);
    }

    /** Directions uniform on the sphere have a uniform cosine. */
    private static Photon tilted(double energy, double size, RandomStream random) {
        double x = across(size, random);
        double y = across(size, random);
        double least = StrictMath.cos(LARGEST_TILT);
        double theta = StrictMath.acos(1 - (1 - least) * random.nextDouble());
        return new Photon(energy, x, y, theta, TWO_PI * random.nextDouble());
    }

    private static double across(double size, RandomStream random) {
        return size * (random.nextDouble() - 0.5);
    }
}
