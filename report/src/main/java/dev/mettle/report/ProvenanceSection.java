package dev.mettle.report;

import dev.mettle.core.run.Provenance;

import java.util.List;

/** What the run was made from: enough to repeat it. */
final class ProvenanceSection {
    private ProvenanceSection() {}

    /** Returns where a run comes from. */
    static Section of(RunDigest run) {
        Provenance provenance = run.provenance();
        Table table = new Table(List.of("what", "value"));
        table.add(List.of("study", provenance.study()));
        table.add(List.of("study file", code(provenance.studyFile())));
        table.add(List.of("started", provenance.started()));
        table.add(List.of("Mettle", provenance.version()));
        table.add(List.of("JDK", provenance.jdk()));
        table.add(List.of("processor", provenance.cpu()));
        table.add(List.of("vector registers", provenance.vectorBits() + " bits"));
        table.add(List.of("host", provenance.host()));
        table.add(List.of("seed of the study", Long.toString(provenance.studySeed())));
        table.add(List.of("SHA-256 of the data", code(provenance.dataChecksum())));
        run.certificates().stream()
                .map(certificate -> certificate.testChecksum())
                .distinct()
                .forEach(checksum ->
                        table.add(List.of("checksum of data and test rows", code(checksum))));
        return new Section(
                "provenance",
                "Provenance",
                List.of(
                        Html.of(
                                "<div class=\"words\">%s</div><p>With the same study, data and"
                                    + " version, every loss comes out the same, bit for bit, on any"
                                    + " number of threads and any width of vector registers. The"
                                    + " seeds of every training, both of them, are in the ledger:"
                                    + " <code>mettle ledger RUN --format"
                                    + " csv</code>.</p><details><summary>The study"
                                    + " file</summary><pre>%s</pre></details>",
                                table.html(), provenance.studyText())));
    }

    private static Html code(String text) {
        return Html.of("<code class=\"long\">%s</code>", text);
    }
}
