package dev.mettle.linear;

/** A smooth convex function to be minimised. */
interface Objective {
    /** Returns the number of variables. */
    int size();

    /** Returns the value and overwrites the gradient. */
    double valueAndGradient(double[] point, double[] gradient);
}
