package dev.mettle.engine;

/**
 * Is told when a training is slow because the JVM does not compile the engine's kernels. Results
 * are not affected: compiled and interpreted kernels give the same bits.
 */
@FunctionalInterface
public interface CompilationListener {
    /**
     * Steps still allocate memory although far more time has passed than compiling takes. Called at
     * most once for a trainer, from one of its threads, which waits.
     *
     * @param bytesPerStep what a training step of the latest slow epoch allocated; compiled kernels
     *     allocate nothing
     */
    void kernelsNotCompiled(long bytesPerStep);
}
