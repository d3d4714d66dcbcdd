package dev.mettle.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A branch of a TTree with one leaf of numbers.
 *
 * @param type type of the numbers
 * @param inner sizes of the array in each entry; none for a single number
 * @param entries rows of the branch
 * @param baskets where its records lie
 */
record RootBranch(NumberType type, List<Long> inner, long entries, List<Basket> baskets) {
    private static final Pattern SIZE = Pattern.compile("\\[(\\d{1,9})]");

    /** Classes of leaves of plain numbers, with NumPy's code for the signed type. */
    private static final Map<String, String> TYPES =
            Map.of(
                    "TLeafB", "i1", "TLeafS", "i2", "TLeafI", "i4", "TLeafL", "i8", "TLeafG", "i8",
                    "TLeafF", "f4", "TLeafD", "f8", "TLeafO", "b1");

    RootBranch {
        inner = List.copyOf(inner);
        baskets = List.copyOf(baskets);
    }

    /** Rows of a record from an entry on. */
    record Basket(long first, long at) {}

    /** Takes what is found in a tree. */
    interface Found {
        void branch(String name, RootBranch branch);

        void leftOut(String name, String reason);
    }

    /** Reads the branches of a tree; versions 16 to 20, which ROOT 5 and 6 write. */
    static void findAll(RootBuffer in, Found found) throws IOException {
        RootBuffer.Head head = in.head();
        int version = head.version();
        if (version < 16 || version > 20) {
            throw new IOException("a TTree of version %d is not known".formatted(version));
        }
        for (int base = 0; base < 4; base++) { // TNamed, TAttLine, TAttFill, TAttMarker
            in.skipObject();
        }
        in.skip((version >= 18 ? 5 : 4) * 8 + 8); // entries and bytes, weight
        in.skip((version >= 17 ? 4 : 3) * 4);
        int ranges = version >= 19 ? in.i4() : 0;
        in.skip((version >= 18 ? 6 : 5) * 8);
        if (version >= 19) {
            if (ranges < 0 || ranges > in.remaining() / 16) {
                throw new IOException("a TTree claims %d ranges".formatted(ranges));
            }
            in.skip(2 * (1 + 8 * ranges));
        }
        if (version >= 20) {
            in.skipObject();
        }
        for (RootBuffer.Item item : in.objects()) {
            in.position(item.start());
            one(in, item, found);
        }
    }

    private static void one(RootBuffer in, RootBuffer.Item item, Found found) throws IOException {
        RootBuffer.Head head = in.head();
        if (!item.type().equals("TBranch")) {
            int named = in.position();
            // its own fields come behind those of TBranch
            String name = item.type().startsWith("TBranch") ? nameInside(in, named) : item.type();
            found.leftOut(name, "objects (%s)".formatted(item.type()));
            return;
        }
        String name = in.named().getFirst();
        in.skipObject(); // TAttFill
        int version = head.version();
        if (version < 10 || version > 13) {
            found.leftOut(name, "a TBranch of version " + version);
            return;
        }
        in.skip(4 * 4 + 8);
        if (version >= 13) {
            in.skipObject();
        }
        in.skip(4);
        int most = in.i4();
        in.skip(4);
        long entries = in.i8();
        in.skip((version >= 11 ? 3 : 2) * 8);
        boolean split = !in.objects().isEmpty();
        List<RootBuffer.Item> leaves = in.objects();
        boolean embedded = !in.objects().isEmpty();
        List<Basket> baskets = baskets(in, most, entries);
        String file = in.string();
        String reason =
                split
                        ? "has branches of its own"
                        : leaves.size() != 1
                                ? "%d leaves in one branch".formatted(leaves.size())
                                : !file.isEmpty()
                                        ? "kept in another file"
                                        : embedded ? "partly not flushed, inside the tree" : "";
        if (!reason.isEmpty()) {
            found.leftOut(name, reason);
            return;
        }
        leaf(in, name, leaves.getFirst(), entries, baskets, found);
    }

    private static String nameInside(RootBuffer in, int at) {
        try {
            in.position(at);
            in.head(); // of the TBranch within
            return in.named().getFirst();
        } catch (IOException | RuntimeException e) {
            return "a branch";
        }
    }

    private static List<Basket> baskets(RootBuffer in, int most, long entries) throws IOException {
        if (most < 0 || most > in.remaining() / 20) {
            throw new IOException("a branch claims %d baskets".formatted(most));
        }
        in.skip(1 + 4 * most); // lengths, which the keys tell again
        in.skip(1);
        long[] firsts = new long[most];
        for (int i = 0; i < most; i++) {
            firsts[i] = in.i8();
        }
        in.skip(1);
        List<Basket> baskets = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            long at = in.i8();
            if (at != 0 && firsts[i] < entries) {
                baskets.add(new Basket(firsts[i], at));
            }
        }
        return baskets;
    }

    private static void leaf(
            RootBuffer in,
            String name,
            RootBuffer.Item leaf,
            long entries,
            List<Basket> baskets,
            Found found)
            throws IOException {
        in.position(leaf.start());
        String code = TYPES.getOrDefault(leaf.type(), "");
        if (code.isEmpty()) {
            found.leftOut(name, leaf.type().equals("TLeafC") ? "text" : leaf.type());
            return;
        }
        in.head();
        in.head(); // TLeaf within it
        String title = in.named().get(1);
        int length = in.i4();
        int bytes = in.i4();
        in.skip(4 + 1);
        boolean unsigned = in.u1() != 0;
        int counter = in.i4();
        if (counter != 0) {
            found.leftOut(name, "lists of different lengths");
            return;
        }
        Optional<NumberType> type =
                NumberType.of(unsigned && code.startsWith("i") ? code.replace('i', 'u') : code);
        if (type.isEmpty() || type.get().bytes() != bytes || length < 1 || entries < 0) {
            throw new IOException("the leaf of '%s' makes no sense".formatted(name));
        }
        found.branch(name, new RootBranch(type.get(), sizes(title, length), entries, baskets));
    }

    /** The title is "x[3][4]" for an array; its length tells whether that is so. */
    private static List<Long> sizes(String title, int length) {
        List<Long> sizes = new ArrayList<>();
        Matcher size = SIZE.matcher(title);
        long product = 1;
        while (size.find() && product <= length) {
            sizes.add(Long.valueOf(size.group(1)));
            product *= sizes.getLast();
        }
        if (product == length) {
            return sizes;
        }
        return length == 1 ? List.of() : List.of((long) length);
    }

    /** Returns how many numbers each entry has. */
    int each() {
        return (int) (long) inner.stream().reduce(1L, Math::multiplyExact);
    }
}
