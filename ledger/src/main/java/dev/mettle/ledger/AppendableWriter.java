package dev.mettle.ledger;

import java.io.Flushable;
import java.io.IOException;
import java.io.Writer;
import java.nio.CharBuffer;

/** A writer to anything that takes text; closing it leaves the target open. */
final class AppendableWriter extends Writer {
    private final Appendable target;

    AppendableWriter(Appendable target) {
        this.target = target;
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
        target.append(CharBuffer.wrap(text, from, length));
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        target.append(text, from, from + length);
    }

    @Override
    public void flush() throws IOException {
        if (target instanceof Flushable flushable) {
            flushable.flush();
        }
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
