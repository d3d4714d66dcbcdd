package dev.mettle.ledger;

import dev.mettle.core.data.Series;
import dev.mettle.core.instance.Weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Series of numbers as blobs: little-endian, without a header, NaN canonical. */
final class Blobs {
    private Blobs() {}

    /** Returns 8 bytes per number. */
    static byte[] of(Series series) {
        ByteBuffer bytes = littleEndian(new byte[Math.multiplyExact(series.size(), Double.BYTES)]);
        for (int i = 0; i < series.size(); i++) {
            bytes.putLong(
                    Double.doubleToLongBits(series.get(i))); // not putDouble: it keeps NaN's bits
        }
        return bytes.array();
    }

    /** Returns 4 bytes per weight. */
    static byte[] of(Weights weights) {
        float[] values = weights.toArray();
        ByteBuffer bytes = littleEndian(new byte[Math.multiplyExact(values.length, Float.BYTES)]);
        for (float value : values) {
            bytes.putInt(Float.floatToIntBits(value));
        }
        return bytes.array();
    }

    /** Undoes {@link #of(Series)}. */
    static Series series(byte[] blob) {
        double[] values = new double[blob.length / Double.BYTES];
        littleEndian(blob).asDoubleBuffer().get(values);
        return Series.of(values);
    }

    /** Undoes {@link #of(Weights)}. */
    static Weights weights(byte[] blob) {
        float[] values = new float[blob.length / Float.BYTES];
        littleEndian(blob).asFloatBuffer().get(values);
        return Weights.of(values);
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
