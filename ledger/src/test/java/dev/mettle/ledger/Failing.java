package dev.mettle.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mettle.ledger.LedgerException.Kind;

import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts that a call fails with a message for users. */
final class Failing {
    private Failing() {}

    static AbstractThrowableAssert<?, LedgerException> assertFails(
            Kind kind, ThrowingCallable call) {
        LedgerException failure = catchThrowableOfType(LedgerException.class, call);
        assertThat(failure).as("a LedgerException").isNotNull();
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
        return assertThat(failure);
    }
}
