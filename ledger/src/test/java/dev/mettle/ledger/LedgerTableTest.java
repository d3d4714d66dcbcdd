package dev.mettle.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import de.siegmar.fastcsv.reader.CsvReader;

import dev.mettle.core.data.Series;
import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.run.CandidateRecord;
import dev.mettle.core.selection.Elimination;
import dev.mettle.core.selection.Ranked;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

class LedgerTableTest {
    private static final String HEADER =
            "candidate,net,lr,hidden,parameters,purpose,init,sample,order,rows,init_seed,sample_seed,outcome,reason,loss,rmse,bias,epochs,held_out,elapsed_seconds,host,software\n";

    @TempDir Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("ledger.sqlite");
    }

    private static void fill(SqliteLedger ledger) {
        ledger.record(at("c1", Purpose.CERTIFY, 0, Examples.completed(0.75)));
        ledger.record(at("c1", Purpose.RACE, 0, new Outcome.Crashed("exit \"1\",\nthen none")));
        ledger.record(
                at(
                        "c0",
                        Purpose.RACE,
                        10,
                        new Outcome.Exploded("rose", Optional.empty(), 7, Series.EMPTY)));
        ledger.record(at("c0", Purpose.RACE, 2, Examples.completed(0.1 + 0.2)));
        ledger.record(at("c0", Purpose.RACE, 3, notFinite()));
    }

    private static Outcome notFinite() {
        SequencedMap<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("rmse", Double.NaN);
        metrics.put("bias", Double.NEGATIVE_INFINITY);
        return new Outcome.Completed(
                new Evaluation(1e-7, Series.EMPTY, metrics), 1, Series.EMPTY, Optional.empty());
    }

    private static InstanceResult at(
            String candidate, Purpose purpose, int index, Outcome outcome) {
        InstanceKey key = InstanceKey.paired(candidate, purpose, index);
        return new InstanceResult(key, index, -index, outcome, 1_500_000_000L);
    }

    private String csv() throws Exception {
        StringBuilder text = new StringBuilder();
        try (LedgerReader reader = SqliteLedger.openReadOnly(file)) {
            LedgerTable.losses(reader).writeCsv(text);
        }
        return text.toString();
    }

    @Test
    void theLossTableIsThisText() throws Exception {
        try (SqliteLedger ledger = Examples.create(file, 2)) {
            fill(ledger);
        }
        String end = ",1.5,lab1,\"mettle 0.1.0, Temurin 25.0.1, 512-bit vectors\"\n";
        assertThat(csv())
                .isEqualTo(
                        HEADER
                                + "c0,\"deep,"
                                + " \"\"wide\"\"\",0.001,32,1000,race,2,2,,6000,2,-2,completed,,0.30000000000000004,"
                                + "0.10000000000000002,-0.042857142857142864,3,validation"
                                + end
                                + "c0,\"deep,"
                                + " \"\"wide\"\"\",0.001,32,1000,race,3,3,,6000,3,-3,completed,,1.0E-7,NaN,-Infinity,1,validation"
                                + end
                                + "c0,\"deep,"
                                + " \"\"wide\"\"\",0.001,32,1000,race,10,10,,6000,10,-10,exploded,rose,Infinity,,,7,validation"
                                + end
                                + "c1,shallow,0.002,,1001,race,0,0,,6000,0,0,crashed,\"exit"
                                + " \"\"1\"\",\n"
                                + "then none\",Infinity,,,,validation"
                                + end
                                + "c1,shallow,0.002,,1001,certify,0,0,,6000,0,0,completed,,0.75,0.25,-0.10714285714285714,3,test"
                                + end);
    }

    @Test
    void aCsvReaderReadsTheCsv() throws Exception {
        try (SqliteLedger ledger = Examples.create(file, 2)) {
            fill(ledger);
        }
        try (var rows = CsvReader.builder().ofNamedCsvRecord(csv())) {
            var records = rows.stream().toList();
            assertThat(records).hasSize(5);
            assertThat(records.get(3).getField("reason")).isEqualTo("exit \"1\",\nthen none");
            assertThat(records.get(3).getField("loss")).isEqualTo("Infinity");
            assertThat(records.getFirst().getField("net")).isEqualTo("deep, \"wide\"");
        }
    }

    @Test
    void jsonHasAnObjectPerRowWithTypes() throws Exception {
        try (SqliteLedger ledger = Examples.create(file, 2)) {
            fill(ledger);
        }
        StringBuilder text = new StringBuilder();
        try (LedgerReader reader = SqliteLedger.openReadOnly(file)) {
            LedgerTable.losses(reader).writeJson(text);
        }
        assertThat(text.toString().lines()).hasSize(7).first().isEqualTo("[");
        Map<String, String> exploded = object(text.toString(), 2);
        assertThat(exploded)
                .containsEntry("lr", "VALUE_NUMBER_FLOAT 0.001")
                .containsEntry("hidden", "VALUE_NUMBER_INT 32")
                .containsEntry("loss", "VALUE_STRING Infinity")
                .containsEntry("rmse", "VALUE_NULL null")
                .containsEntry("init_seed", "VALUE_NUMBER_INT 10");
        assertThat(String.join(",", exploded.keySet()) + "\n").isEqualTo(HEADER);
        assertThat(object(text.toString(), 0))
                .containsEntry("loss", "VALUE_NUMBER_FLOAT 0.30000000000000004");
        assertThat(object(text.toString(), 1)).containsEntry("rmse", "VALUE_STRING NaN");
        assertThat(object(text.toString(), 3))
                .containsEntry("reason", "VALUE_STRING exit \"1\",\nthen none");
    }

    private static Map<String, String> object(String text, int index) throws Exception {
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser json = new JsonFactory().createParser(text)) {
            assertThat(json.nextToken()).isEqualTo(JsonToken.START_ARRAY);
            for (int i = 0; i <= index; i++) {
                assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
                fields.clear();
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String name = json.currentName();
                    fields.put(name, json.nextToken() + " " + json.getText());
                }
            }
        }
        return fields;
    }

    @Test
    void anEmptyLedgerIsAHeaderOrAnEmptyArray() throws Exception {
        Examples.create(file, 2).close();
        StringBuilder json = new StringBuilder();
        try (LedgerReader reader = SqliteLedger.openReadOnly(file)) {
            LedgerTable.losses(reader).writeJson(json);
        }
        assertThat(csv()).isEqualTo(HEADER.replace("rmse,bias,", ""));
        assertThat(json.toString().replaceAll("\\s", "")).isEqualTo("[]");
    }

    @Test
    void theOrderOfRecordingDoesNotShow() throws Exception {
        Path other = directory.resolve("other.sqlite");
        try (SqliteLedger ledger = Examples.create(file, 2);
                SqliteLedger reverse = Examples.create(other, 2)) {
            for (int i = 0; i < 50; i++) {
                ledger.record(withMetric(i));
                reverse.record(withMetric(49 - i));
            }
        }
        String first = csv();
        file = other;
        assertThat(csv()).isEqualTo(first);
    }

    /** Instances differ in the metrics they have. */
    private static InstanceResult withMetric(int i) {
        SequencedMap<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("m" + i % 3, 1.0);
        metrics.put("n" + i % 2, 2.0);
        return at(
                "c" + i % 2,
                Purpose.RACE,
                i,
                new Outcome.Completed(
                        new Evaluation(1, Series.EMPTY, metrics),
                        1,
                        Series.EMPTY,
                        Optional.empty()));
    }

    @Test
    void aDimensionOrMetricWithTheNameOfAColumnIsToldApart() throws Exception {
        SequencedMap<String, String> settings = new LinkedHashMap<>();
        settings.put("epochs", "10");
        settings.put("rmse", "2");
        settings.put("candidate", "x");
        CandidateRecord candidate = new CandidateRecord("c0", settings, 1);
        try (SqliteLedger ledger =
                SqliteLedger.create(
                        file, Examples.session("lab1"), Examples.plan(), List.of(candidate))) {
            ledger.record(Examples.raced("c0", 0));
        }
        assertThat(csv())
                .startsWith(
                        "candidate,space.epochs,rmse,space.candidate,parameters,purpose,init,sample,order,rows,init_seed,"
                            + "sample_seed,outcome,reason,loss,metric.rmse,bias,epochs,");
    }

    @Test
    void decisionsAreEliminationsThenFinalists() throws Exception {
        try (SqliteLedger ledger = Examples.create(file, 3)) {
            ledger.recordEliminations(
                    List.of(
                            new Elimination(
                                    "c2", 5, Double.POSITIVE_INFINITY, 0.5, "it exploded")));
            ledger.recordFinalists(
                    List.of(new Ranked("c1", "true", 0.25, 0), new Ranked("c0", "false", 0.5, 1)));
        }
        StringBuilder csv = new StringBuilder();
        StringBuilder json = new StringBuilder();
        try (LedgerReader reader = SqliteLedger.openReadOnly(file)) {
            LedgerTable.decisions(reader).writeCsv(csv);
            LedgerTable.decisions(reader).writeJson(json);
        }
        assertThat(csv.toString())
                .isEqualTo(
                        """
                        candidate,net,lr,hidden,parameters,decision,place,iteration,criterion,bar,group,failures,reason
                        c2,"deep, ""wide""\",0.003,32,1002,eliminated,1,5,Infinity,0.5,,,it exploded
                        c1,shallow,0.002,,1001,finalist,1,,0.25,,true,0,
                        c0,"deep, ""wide""\",0.001,32,1000,finalist,2,,0.5,,false,1,
                        """);
        assertThat(object(json.toString(), 0)).containsEntry("criterion", "VALUE_STRING Infinity");
    }
}
