package dev.mettle.cli;

import dev.mettle.core.run.Provenance;
import dev.mettle.core.study.Study;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What this process runs on, for provenance. */
final class Machine {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final String MODEL = "model name";

    private Machine() {}

    /** Returns the provenance of a run of the study that starts now. */
    static Provenance provenance(Study study, Path file, String dataChecksum, int vectorBits) {
        return new Provenance(
                study.name(),
                file.toAbsolutePath().normalize().toString(),
                study.text(),
                study.seed(),
                dataChecksum,
                Version.number(),
                System.getProperty("java.vendor") + " " + Runtime.version(),
                "%s, %d cores".formatted(cpu(), Runtime.getRuntime().availableProcessors()),
                vectorBits,
                host(),
                Instant.now(Clock.systemUTC()).truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static String cpu() {
        try (var lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith(MODEL))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException _) {
            return System.getProperty("os.arch");
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "unknown";
        }
    }
}
