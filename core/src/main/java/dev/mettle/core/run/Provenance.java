package dev.mettle.core.run;

/**
 * What a run was made from: enough to tell whether another run must give the same bits, and to
 * repeat it.
 *
 * @param study the study's name
 * @param studyFile absolute path of the study file; data files are looked up beside it
 * @param studyText the study file, as read
 * @param studySeed seed of all instances
 * @param dataChecksum SHA-256 of the data
 * @param version Mettle's version
 * @param jdk vendor and version of the JDK
 * @param cpu processor and number of cores
 * @param vectorBits width of a vector register, in bits
 * @param host name of the machine
 * @param started start of the first session, ISO 8601, UTC
 */
public record Provenance(
        String study,
        String studyFile,
        String studyText,
        long studySeed,
        String dataChecksum,
        String version,
        String jdk,
        String cpu,
        int vectorBits,
        String host,
        String started) {
    /**
     * Returns the software column of an instance: what may change time but must not change bits.
     */
    public String software() {
        return "mettle %s, %s, %d-bit vectors".formatted(version, jdk, vectorBits);
    }
}
