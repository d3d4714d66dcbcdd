package dev.mettle.data;

import java.util.List;

/** The texts that stand for a value that is not there, in any case of letters. */
final class MissingTexts {
    private final String[] texts;
    private final boolean anyNumber;

    MissingTexts(List<String> texts) {
        this.texts = texts.toArray(String[]::new);
        this.anyNumber = texts.stream().anyMatch(one -> !Double.isNaN(NumberText.parse(one, '.')));
    }

    /** Tells whether a number may stand for a missing value too, such as -999. */
    boolean mayBeNumbers() {
        return anyNumber;
    }

    /** Tells whether the characters are one of them. */
    boolean has(char[] text, int offset, int length) {
        for (String missing : texts) {
            if (missing.length() == length && isSame(missing, text, offset)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSame(String missing, char[] text, int offset) {
        for (int i = 0; i < missing.length(); i++) {
            if (Character.toLowerCase(missing.charAt(i))
                    != Character.toLowerCase(text[offset + i])) {
                return false;
            }
        }
        return true;
    }
}
