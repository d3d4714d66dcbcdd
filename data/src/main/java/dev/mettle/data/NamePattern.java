package dev.mettle.data;

/**
 * Wildcards of one name: {@code *}, {@code ?}, {@code [abc]}, {@code [a-c]}, {@code [!abc]}. A
 * bracket that does not close stands for itself. Time is at most the product of the lengths.
 */
final class NamePattern {
    private final int[] pattern;
    private final int[] name;

    private NamePattern(String pattern, String name) {
        this.pattern = pattern.codePoints().toArray();
        this.name = name.codePoints().toArray();
    }

    static boolean matches(String pattern, String name) {
        return new NamePattern(pattern, name).matches();
    }

    private boolean matches() {
        int p = 0;
        int n = 0;
        int star = -1;
        int afterStar = 0;
        while (n < name.length) {
            if (p < pattern.length && pattern[p] == '*') {
                star = p++;
                afterStar = n;
            } else if (p < pattern.length && matchesOne(p, name[n])) {
                p = end(p);
                n++;
            } else if (star >= 0) { // the last star takes one more; earlier ones need not
                p = star + 1;
                n = ++afterStar;
            } else {
                return false;
            }
        }
        while (p < pattern.length && pattern[p] == '*') {
            p++;
        }
        return p == pattern.length;
    }

    /** Returns where the part of the pattern ends that begins at {@code p} and takes one. */
    private int end(int p) {
        int closing = closing(p);
        return closing < 0 ? p + 1 : closing + 1;
    }

    /** Returns where the bracket that opens at {@code p} closes; -1 where none does. */
    private int closing(int p) {
        if (pattern[p] != '[') {
            return -1;
        }
        int first = p + 1 < pattern.length && pattern[p + 1] == '!' ? p + 2 : p + 1;
        for (int i = first + 1; i < pattern.length; i++) { // a set has one member at least
            if (pattern[i] == ']') {
                return i;
            }
        }
        return -1;
    }

    private boolean matchesOne(int p, int character) {
        int closing = closing(p);
        if (closing < 0) {
            return pattern[p] == '?' || pattern[p] == character;
        }
        boolean not = pattern[p + 1] == '!';
        boolean in = false;
        for (int i = not ? p + 2 : p + 1; i < closing; i++) {
            if (i + 2 < closing && pattern[i + 1] == '-') {
                in |= pattern[i] <= character && character <= pattern[i + 2];
                i += 2;
            } else {
                in |= pattern[i] == character;
            }
        }
        return in != not;
    }
}
