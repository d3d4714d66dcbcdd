package dev.mettle.core.run;

/**
 * A certificate that was tried.
 *
 * @param candidate its id
 * @param group value of {@code per}; empty without
 * @param attempt from 1
 * @param attempts declared beforehand
 * @param instances fresh instances it stands on
 * @param coverage share of future trainings at or below the bound
 * @param confidence over all attempts together
 * @param rank the bound is the rank-th largest loss
 * @param bound the bound; +infinity when not certified
 * @param certified whether the bound is finite
 * @param look number of certificates that have looked at these test rows so far, this one included
 * @param testChecksum checksum of data and test rows
 */
public record CertificateRecord(
        String candidate,
        String group,
        int attempt,
        int attempts,
        int instances,
        double coverage,
        double confidence,
        int rank,
        double bound,
        boolean certified,
        int look,
        String testChecksum) {}
