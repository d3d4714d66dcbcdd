package dev.mettle.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;

class LossAxisTest {
    private static ObjectNode channel(LossAxis axis) {
        ObjectNode channel = new ObjectMapper().createObjectNode();
        channel.withObject("/axis").put("tickCount", 5);
        axis.apply(channel);
        return channel;
    }

    @Test
    void infiniteLossesDoNotStretchTheAxis() {
        LossAxis axis = new LossAxis();
        assertThat(axis.isEmpty()).isTrue();
        axis.include(Double.POSITIVE_INFINITY);
        assertThat(axis.isEmpty()).isTrue();
        axis.include(2);
        axis.include(3);
        ObjectNode channel = channel(axis);
        assertThat(channel.at("/scale/type").asText()).isEqualTo("linear");
        assertThat(channel.at("/scale/domain/0").asDouble()).isCloseTo(1.96, within(1e-12));
        assertThat(channel.at("/scale/domain/1").asDouble()).isCloseTo(3.04, within(1e-12));
    }

    @Test
    void aWideRangeOfPositiveLossesIsLogarithmicWithRoundTicks() {
        LossAxis axis = new LossAxis();
        axis.include(0.002);
        axis.include(0.2);
        ObjectNode channel = channel(axis);
        assertThat(channel.at("/scale/type").asText()).isEqualTo("log");
        assertThat(channel.at("/axis/values").toString())
                .isEqualTo("[0.002,0.005,0.01,0.02,0.05,0.1,0.2]");
        assertThat(channel.at("/axis").has("tickCount")).isFalse();
    }

    @Test
    void lossesOfZeroOrLessKeepTheAxisLinear() {
        LossAxis axis = new LossAxis();
        axis.include(0);
        axis.include(1000);
        assertThat(axis.logarithmic()).isFalse();
    }

    @Test
    void oneLossHasAnAxisOfSomeWidthAndRoomMovesOnlyTheUpperEnd() {
        LossAxis axis = new LossAxis();
        axis.include(5);
        double end = axis.upperEnd();
        assertThat(end).isGreaterThan(5);
        axis.leaveRoom(0.5);
        assertThat(axis.upperEnd()).isGreaterThan(end);
        assertThat(channel(axis).at("/scale/domain/0").asDouble()).isLessThan(5).isGreaterThan(4.9);
    }

    @Test
    void manyDecadesHaveFewTicks() {
        LossAxis axis = new LossAxis();
        axis.include(1e-12);
        axis.include(1e30);
        assertThat(channel(axis).at("/axis/values").size()).isBetween(5, 9);
    }
}
