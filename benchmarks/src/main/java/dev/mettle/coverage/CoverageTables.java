package dev.mettle.coverage;

import java.util.List;
import java.util.Locale;

/**
 * Prints the tables of docs/results/coverage.md.
 *
 * <p>Arguments: repetitions, then the tables wanted (intervals, components, certificate, sizes);
 * all without.
 */
public final class CoverageTables {
    private static final List<String> ALL =
            List.of("intervals", "components", "certificate", "sizes");

    private CoverageTables() {}

    /** Prints. */
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        Repetitions repetitions = new Repetitions(Integer.parseInt(arguments[0]));
        List<String> wanted =
                arguments.length > 1 ? List.of(arguments).subList(1, arguments.length) : ALL;
        for (String table : wanted) {
            long start = System.nanoTime();
            System.out.println("## " + table + "\n");
            table(table, repetitions).forEach(System.out::println);
            System.out.printf("%n%.0f s%n%n", (System.nanoTime() - start) / 1e9);
        }
    }

    private static List<String> table(String name, Repetitions repetitions) {
        return switch (name) {
            case "intervals" -> IntervalCoverage.table(repetitions);
            case "components" -> ComponentCoverage.table(repetitions);
            case "certificate" -> CertificateCoverage.table(repetitions);
            case "sizes" -> SizeCoverage.table(repetitions);
            default ->
                    throw new IllegalArgumentException("no table '%s'; %s.".formatted(name, ALL));
        };
    }
}
