package dev.mettle.linear;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * L-BFGS, the limited-memory quasi-Newton method of Liu and Nocedal (1989), with {@value #MEMORY}
 * pairs and a line search that halves the step until the value has fallen by 1e-4 of what the slope
 * promises (Armijo). All sums have one order; the bits are the same everywhere.
 */
final class Lbfgs {
    private static final int MEMORY = 10;
    private static final double SUFFICIENT = 1e-4;
    private static final int MOST_HALVINGS = 60;

    private final Objective objective;
    private final Deque<Pair> pairs = new ArrayDeque<>();
    private double[] point;
    private double[] gradient;
    private double value;

    private Lbfgs(Objective objective, double[] start) {
        this.objective = objective;
        this.point = start;
        this.gradient = new double[objective.size()];
        this.value = objective.valueAndGradient(point, gradient);
    }

    /** A step, the change of the gradient along it, and their product. */
    private static final class Pair {
        private final double[] step;
        private final double[] change;
        private final double product;

        Pair(double[] step, double[] change) {
            this.step = step;
            this.change = change;
            this.product = product(step, change);
        }
    }

    /**
     * Goes from {@code start} to where no derivative is larger than {@code tolerance}, or as far as
     * rounding or {@code mostSteps} let it come.
     */
    static double[] minimise(Objective objective, double[] start, double tolerance, int mostSteps) {
        Lbfgs search = new Lbfgs(objective, start);
        int steps = 0;
        while (steps < mostSteps && largest(search.gradient) > tolerance && search.step()) {
            steps++;
        }
        return search.point;
    }

    /** Goes one step; returns false where the value falls no more. */
    private boolean step() {
        double[] direction = direction();
        double slope = product(direction, gradient);
        double size = pairs.isEmpty() ? 1 / Math.sqrt(product(gradient, gradient)) : 1;
        for (int halving = 0; halving < MOST_HALVINGS; halving++) {
            double[] next = new double[point.length];
            for (int j = 0; j < next.length; j++) {
                next[j] = point[j] + size * direction[j];
            }
            double[] nextGradient = new double[point.length];
            double nextValue = objective.valueAndGradient(next, nextGradient);
            if (nextValue <= value + SUFFICIENT * size * slope) {
                remember(next, nextGradient);
                boolean fallen = nextValue < value;
                point = next;
                gradient = nextGradient;
                value = nextValue;
                return fallen;
            }
            size /= 2;
        }
        return false;
    }

    private void remember(double[] next, double[] nextGradient) {
        Pair pair = new Pair(difference(next, point), difference(nextGradient, gradient));
        if (pair.product > 0) {
            pairs.addFirst(pair);
            if (pairs.size() > MEMORY) {
                pairs.removeLast();
            }
        }
    }

    /** Returns minus the approximate inverse Hessian times the gradient (two-loop recursion). */
    private double[] direction() {
        double[] direction = new double[gradient.length];
        add(-1, gradient, direction);
        double[] shares = new double[pairs.size()];
        int i = 0;
        for (Pair pair : pairs) {
            shares[i] = product(pair.step, direction) / pair.product;
            add(-shares[i++], pair.change, direction);
        }
        Pair latest = pairs.peekFirst();
        if (latest != null) {
            double scale = latest.product / product(latest.change, latest.change);
            for (int j = 0; j < direction.length; j++) {
                direction[j] *= scale;
            }
        }
        for (Iterator<Pair> oldest = pairs.descendingIterator(); oldest.hasNext(); ) {
            Pair pair = oldest.next();
            double share = product(pair.change, direction) / pair.product;
            add(shares[--i] - share, pair.step, direction);
        }
        return direction;
    }

    private static double[] difference(double[] a, double[] b) {
        double[] difference = a.clone();
        add(-1, b, difference);
        return difference;
    }

    private static void add(double factor, double[] from, double[] to) {
        for (int j = 0; j < to.length; j++) {
            to[j] += factor * from[j];
        }
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double x : values) {
            largest = Math.max(largest, Math.abs(x));
        }
        return largest;
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }
}
