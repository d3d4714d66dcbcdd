package dev.mettle.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The numbers of a branch, read basket by basket. */
final class RootArray extends StoredArray {
    private final RootRecords records;
    private final RootBranch branch;
    private final List<Long> shape;
    private final long count;

    RootArray(String key, String name, Path path, RootRecords records, RootBranch branch) {
        super(key, path.toString(), name);
        this.records = records;
        this.branch = branch;
        this.shape = Stream.concat(Stream.of(branch.entries()), branch.inner().stream()).toList();
        try {
            this.count = shape.stream().reduce(1L, Math::multiplyExact);
        } catch (ArithmeticException e) {
            throw problem("claims the impossible shape %s: it is damaged.".formatted(shapeText()));
        }
    }

    @Override
    public List<Long> shape() {
        return shape;
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    String typeLabel() {
        return branch.type().label();
    }

    /** Adds up the baskets' own counts of entries before memory is taken for the numbers. */
    @Override
    void requireHonest() {
        try {
            long next = 0;
            long bytes = 0; // records that overlap could be read again and again
            for (RootBranch.Basket basket : branch.baskets()) {
                if (basket.first() != next) {
                    throw new IOException(
                            "entry %d is in no basket".formatted(Math.min(next, basket.first())));
                }
                RootRecords.Key key = records.key(basket.at());
                next += entries(key, basket);
                bytes += key.bytes();
            }
            if (bytes > records.size()) {
                throw new IOException("its baskets are larger than the file");
            }
            if (next != branch.entries()) {
                throw new IOException(
                        "its baskets hold %d of %d entries".formatted(next, branch.entries()));
            }
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
    }

    private int entries(RootRecords.Key key, RootBranch.Basket basket) throws IOException {
        RootBuffer in = new RootBuffer(records.bytes(basket.at(), key.length()), 0);
        in.skip(key.fieldsEnd() + 2 + 4 + 4);
        int entries = in.i4();
        int last = in.i4();
        long bytes = (long) entries * branch.each() * branch.type().bytes();
        boolean fits = entries >= 0 && last - key.length() == bytes && bytes <= key.unpacked();
        boolean can =
                key.unpacked() / NpyArray.MAX_INFLATION <= key.bytes() - key.length()
                        && key.bytes() <= records.size() - basket.at();
        if (!key.type().equals("TBasket") || !fits || !can) {
            throw new IOException(
                    "the basket of entry %d makes no sense".formatted(basket.first()));
        }
        return entries;
    }

    @Override
    void read(Sink sink) throws IOException, NpyFormatException {
        int next = 0;
        int size = branch.type().bytes();
        for (RootBranch.Basket basket : branch.baskets()) {
            RootRecords.Key key = records.key(basket.at());
            int values = entries(key, basket) * branch.each();
            ByteBuffer numbers = ByteBuffer.wrap(contents(key, basket));
            for (int i = 0; i < values; i++) {
                sink.accept(next + i, branch.type().read(numbers, i * size));
            }
            next += values;
        }
    }

    private byte[] contents(RootRecords.Key key, RootBranch.Basket basket) throws IOException {
        if (key.at() != basket.at()) {
            throw new IOException("the basket of entry %d is lost".formatted(basket.first()));
        }
        try {
            return records.contents(key);
        } catch (NpyFormatException e) {
            throw problem(String.valueOf(e.getMessage()));
        }
    }
}
