package dev.mettle.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LbfgsTest {
    /** Σ (j + 1)² (x_j - j)², whose least value is at x_j = j. */
    private record Bowl(int size) implements Objective {
        @Override
        public double valueAndGradient(double[] point, double[] gradient) {
            double value = 0;
            for (int j = 0; j < size; j++) {
                double away = point[j] - j;
                value += (j + 1) * (j + 1) * away * away;
                gradient[j] = 2 * (j + 1) * (j + 1) * away;
            }
            return value;
        }
    }

    /** (1 - x)² + 100 (y - x²)², Rosenbrock's valley, least at (1, 1). */
    private record Valley() implements Objective {
        @Override
        public int size() {
            return 2;
        }

        @Override
        public double valueAndGradient(double[] point, double[] gradient) {
            double along = 1 - point[0];
            double across = point[1] - point[0] * point[0];
            gradient[0] = -2 * along - 400 * point[0] * across;
            gradient[1] = 200 * across;
            return along * along + 100 * across * across;
        }
    }

    @Test
    void theBottomOfABowlIsFound() {
        double[] point = Lbfgs.minimise(new Bowl(30), new double[30], 1e-9, 1000);
        for (int j = 0; j < 30; j++) {
            assertThat(point[j]).isCloseTo(j, within(1e-9));
        }
    }

    @Test
    void aCurvedValleyIsFollowed() {
        double[] point = Lbfgs.minimise(new Valley(), new double[2], 1e-10, 1000);
        assertThat(point[0]).isCloseTo(1, within(1e-8));
        assertThat(point[1]).isCloseTo(1, within(1e-8));
    }

    @Test
    void itStopsAfterTheStepsAllowed() {
        double[] few = Lbfgs.minimise(new Valley(), new double[2], 1e-10, 3);
        assertThat(few[0]).isBetween(0.0, 0.9);
        assertThat(Lbfgs.minimise(new Valley(), new double[2], 1e-10, 0)).containsExactly(0, 0);
    }

    @Test
    void itGoesOnFromWhereItStarts() {
        double[] start = {-1.2, 1};
        double[] point = Lbfgs.minimise(new Valley(), start, 1e-10, 1000);
        assertThat(point[0]).isCloseTo(1, within(1e-8));
        assertThat(start).containsExactly(-1.2, 1);
        assertThat(Lbfgs.minimise(new Valley(), point, 1e-10, 1000)).containsExactly(point);
    }

    @Test
    void whereItStartsAtTheBottomItStays() {
        assertThat(Lbfgs.minimise(new Bowl(1), new double[1], 1e-12, 10)).containsExactly(0);
    }
}
