package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.mettle.data.NpzFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

class SimulateCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path directory;

    private static Cli simulate(Object... options) {
        List<Object> arguments = new ArrayList<>(List.of("simulate", "calorimeter"));
        arguments.addAll(Arrays.asList(options));
        return Cli.run(arguments.toArray());
    }

    @Test
    void showersAreWrittenAndDescribed() throws IOException {
        Path file = directory.resolve("s.npz");
        Cli result = simulate("--events", 100, "--seed", 1, "--out", file);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("cells (100, 15, 15) float32", "showers/s");
        try (NpzFile npz = NpzFile.open(file)) {
            assertThat(npz.array("", "cells").shape()).containsExactly(100L, 15L, 15L);
            assertThat(npz.array("", "energy").toFloats()).hasSize(100);
        }
    }

    @Test
    void theNumberOfThreadsDoesNotChangeAByte() {
        Path one = directory.resolve("one.npz");
        Path three = directory.resolve("three.npz");
        simulate("--events", 150, "--seed", 2, "--set", "complex", "--out", one, "--threads", 1);
        simulate("--events", 150, "--seed", 2, "--set", "complex", "--out", three, "--threads", 3);
        assertThat(three).hasSameBinaryContentAs(one);
    }

    @Test
    void theDocumentHasItsFields() throws IOException {
        Path file = directory.resolve("s.npz");
        Cli result =
                simulate("--events", 5, "--seed", 3, "--set", "complex", "--out", file, "--json");
        JsonNode document = JSON.readTree(result.out());
        assertThat(document.propertyStream().map(java.util.Map.Entry::getKey))
                .containsExactly(
                        "file",
                        "bytes",
                        "events",
                        "seed",
                        "set",
                        "seconds",
                        "showers_per_second",
                        "arrays");
        assertThat(document.get("arrays").propertyStream().map(java.util.Map.Entry::getKey))
                .containsExactly("cells", "energy", "x", "y", "theta", "phi", "pileup");
        assertThat(document.get("bytes").asLong()).isEqualTo(Files.size(file));
    }

    @Test
    void aFileIsNotOverwrittenUnasked() throws IOException {
        Path file = Files.writeString(directory.resolve("s.npz"), "mine");
        Cli refused = simulate("--events", 5, "--seed", 1, "--out", file);
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("is there already", "--force");
        assertThat(file).hasContent("mine");
        assertThat(simulate("--events", 5, "--seed", 1, "--out", file, "--force").exitCode())
                .isZero();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--events 0 --seed 1 | --events (0) must be from 1 to",
                "--events 2000000000 --seed 1 | --events (2000000000) must be from 1 to",
                "--events 5 --seed -1 | --seed (-1) must be 0 or more",
                "--events 5 --seed 1 --matrix 14 | --matrix (14) must be a number from 3 to 255,"
                        + " and odd",
                "--events 5 --seed 1 --noise -1 | --noise (-1.0) must be a number",
                "--events 5 --seed 1 --dead-cells 225 | --dead-cells (225) must be a number below",
                "--events 5 --seed 1 --min-energy 50 --max-energy 5 | --min-energy, --max-energy",
                "--events 5 --seed 1 --set simpel | --set",
                "--events 5 | --seed",
                "--events 5 --seed 1 --layers many | --layers"
            })
    void mistakesAreExplained(String options, String message) throws IOException {
        List<Object> arguments = new ArrayList<>(List.of((Object[]) options.split(" ")));
        arguments.add("--out");
        arguments.add(directory.resolve("s.npz"));
        Cli result = simulate(arguments.toArray());
        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains(message).doesNotContain("Exception");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aMissingDirectoryIsFoundBeforeTheSimulation() {
        Cli result =
                simulate(
                        "--events",
                        5,
                        "--seed",
                        1,
                        "--out",
                        directory.resolve("no").resolve("s.npz"));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("there is no directory");
    }

    private Path study(String data) throws IOException {
        return Cli.study(
                directory,
                "file: " + Cli.SHOWERS.toString().replace(File.separatorChar, '/'),
                data,
                "study: small",
                "study: simulated");
    }

    @Test
    void aStudyThatSimulatesHasTheLossesOfTheFile() throws IOException {
        Path file = directory.resolve("s.npz");
        simulate("--events", 2500, "--seed", 5, "--out", file);
        Path ofFile = directory.resolve("of-file");
        Cli first = Cli.run("run", study("file: s.npz"), "--out", ofFile, "--threads", 1);
        assertThat(first.exitCode()).as(first.err()).isZero();
        Path simulated = directory.resolve("simulated");
        Path study = study("simulate: {events: 2500, seed: 5}");
        Cli second = Cli.run("run", study, "--out", simulated, "--threads", 2);
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(Cli.stableTable(simulated)).isEqualTo(Cli.stableTable(ofFile));
        Cli again = Cli.run("run", study, "--out", simulated);
        assertThat(again.out()).contains("0 trained now");
    }

    /** Reads a study of 2,500 showers while every look at the clock takes so many seconds. */
    private String shownWhileSimulating(boolean terminal, long seconds) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        AtomicLong clock = new AtomicLong();
        OpenStudy.read(
                study("simulate: {events: 2500, seed: 5}"),
                new Console(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        terminal),
                () -> clock.addAndGet(seconds * 1_000_000_000));
        assertThat(out.size()).as("bytes on standard output").isZero();
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aLongSimulationOfAStudyShowsHowFarItIs() throws IOException {
        assertThat(shownWhileSimulating(false, 20).lines())
                .hasSizeGreaterThan(5)
                .allMatch(line -> line.contains(" of 2,500 showers simulated, "))
                .last()
                .asString()
                .startsWith("2,500 of 2,500");
        assertThat(shownWhileSimulating(true, 1))
                .contains("2,500 of 2,500 showers simulated, ")
                .doesNotContain("\n")
                .endsWith("\r\u001b[K"); // nothing of it stays
        assertThat(shownWhileSimulating(false, 0)).as("a short simulation").isEmpty();
    }

    @Test
    void anotherDetectorIsAnotherStudy() throws IOException {
        Path run = directory.resolve("run");
        Cli.run("run", study("simulate: {events: 2500, seed: 5}"), "--out", run);
        Cli changed =
                Cli.run(
                        "run",
                        study("simulate: {events: 2500, seed: 5, noise: 0.02}"),
                        "--out",
                        run);
        assertThat(changed.exitCode()).isEqualTo(2);
        assertThat(changed.err()).contains("another version of this study", "noise");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "simulate: {events: 0} | events must be a whole number of 1 or more, but is 0",
                "simulate: {events: 2500, matrix: 14} | matrix (14) must be odd",
                "simulate: {events: 2500, noize: 0.1} | unknown key 'noize'",
                "simulate: {events: 2500, min_energy: 50, max_energy: 5} | min_energy (50.0 GeV) is"
                        + " above",
                "simulate: {events: 2500, set: hard} | set must be",
                "simulate: {events: 2500, pitch: 0} | pitch must be",
                "simulate: {events: 2500, dead_cells: 225} | dead_cells must be",
                "simulate: {events: 400000000} | events (400000000) must be at most",
                "simulate: 2500 | 'simulate' must be",
                "simulate: {events: 900} | leave no rows to train on"
            })
    void mistakesInAStudyAreExplained(String data, String message) throws IOException {
        Cli result = Cli.run("validate", study(data));
        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains(message, "study.yaml:").doesNotContain("Exception");
    }

    @Test
    void dataComeFromOnePlaceOnly() throws IOException {
        Cli result = Cli.run("validate", study("file: s.npz\n  simulate: {events: 2500, seed: 5}"));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("simulate", "file");
    }
}
