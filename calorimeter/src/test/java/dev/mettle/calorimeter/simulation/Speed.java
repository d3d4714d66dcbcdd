package dev.mettle.calorimeter.simulation;

import dev.mettle.core.study.*;

public final class Speed {
    public static void main(String[] a) throws Exception {
        for (int i = 0; i < 6; i++) {
            long t = System.nanoTime();
            Showers s =
                    new Simulator(
                                    new DataSource.Simulation(
                                            Detector.SHASHLIK,
                                            ShowerSet.SIMPLE,
                                            new EnergySpectrum(EnergySpectrum.Kind.UNIFORM, 1, 100),
                                            6000,
                                            i))
                            .simulate(Integer.parseInt(a[0]), n -> {});
            double sec = (System.nanoTime() - t) * 1e-9;
            double sum = 0, e = 0;
            for (float c : s.cells()) sum += c;
            for (float c : s.energy()) e += c;
            System.out.printf("%.0f showers/s, contained %.4f%n", 6000 / sec, sum / e);
        }
        System.out.println(Stack.of(Detector.SHASHLIK));
    }
}
