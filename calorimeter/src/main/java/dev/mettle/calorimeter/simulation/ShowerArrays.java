package dev.mettle.calorimeter.simulation;

import dev.mettle.core.study.DataException;
import dev.mettle.core.study.DataSource;
import dev.mettle.core.study.ShowerSet;
import dev.mettle.data.ArraySource;
import dev.mettle.data.DataArray;
import dev.mettle.data.MemoryArray;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * Simulated showers as arrays by name: {@code cells} (n, matrix, matrix) in GeV, {@code energy} in
 * GeV, {@code x} and {@code y} in mm; in the complex set also {@code theta} and {@code phi} in rad
 * and {@code pileup} in GeV. Nothing is simulated before the first numbers are asked for. Not safe
 * for use by several threads.
 */
public final class ShowerArrays implements ArraySource {
    private static final String CELLS = "cells";
    private static final int DIGEST_FLOATS = 1 << 14;

    private final DataSource.Simulation settings;
    private final int threads;
    private final IntConsumer progress;
    private final SequencedMap<String, Function<Showers, float[]>> columns;
    private Optional<Showers> made = Optional.empty();

    /** Takes what {@link Simulator} needs. */
    public ShowerArrays(DataSource.Simulation settings, int threads, IntConsumer progress) {
        this.settings = settings;
        this.threads = threads;
        this.progress = progress;
        this.columns = columns(settings.set());
    }

    private static SequencedMap<String, Function<Showers, float[]>> columns(ShowerSet set) {
        SequencedMap<String, Function<Showers, float[]>> columns = new LinkedHashMap<>();
        columns.put(CELLS, Showers::cells);
        columns.put("energy", Showers::energy);
        columns.put("x", Showers::x);
        columns.put("y", Showers::y);
        if (set == ShowerSet.COMPLEX) {
            columns.put("theta", Showers::theta);
            columns.put("phi", Showers::phi);
            columns.put("pileup", Showers::pileUp);
        }
        return columns;
    }

    /** Returns the memory that all arrays take, in bytes. */
    public static long bytes(DataSource.Simulation settings) {
        return (long) settings.events() * Float.BYTES * (settings.detector().cells() + 6);
    }

    @Override
    public String key() {
        return settings.key();
    }

    @Override
    public String label() {
        return settings.label();
    }

    @Override
    public SequencedSet<String> names() {
        return Collections.unmodifiableSequencedSet(columns.sequencedKeySet());
    }

    @Override
    public DataArray array(String key, String name) {
        Function<Showers, float[]> column = columns.get(name);
        if (column == null) {
            throw missing(key, name);
        }
        return new MemoryArray(key, label(), name, shape(name), () -> column.apply(showers()));
    }

    private List<Long> shape(String name) {
        long rows = settings.events();
        long side = settings.detector().matrix();
        return name.equals(CELLS) ? List.of(rows, side, side) : List.of(rows);
    }

    @Override
    public String listing() {
        return names().stream()
                .map(name -> array(key(), name).describe())
                .collect(Collectors.joining(", "));
    }

    /** Adds the name and the bits of every array. */
    @Override
    public void addTo(MessageDigest digest) {
        ByteBuffer buffer =
                ByteBuffer.allocate(DIGEST_FLOATS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (String name : names()) {
            digest.update((name + shape(name)).getBytes(StandardCharsets.UTF_8));
            float[] values = array(key(), name).toFloats();
            for (int from = 0; from < values.length; from += DIGEST_FLOATS) {
                int count = Math.min(DIGEST_FLOATS, values.length - from);
                buffer.asFloatBuffer().put(values, from, count);
                digest.update(buffer.array(), 0, count * Float.BYTES);
            }
        }
    }

    private Showers showers() {
        Showers showers = made.orElseGet(this::simulate);
        made = Optional.of(showers);
        return showers;
    }

    private Showers simulate() {
        try {
            return new Simulator(settings).simulate(threads, progress);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new DataException(key(), "the simulation was interrupted.");
        }
    }
}
