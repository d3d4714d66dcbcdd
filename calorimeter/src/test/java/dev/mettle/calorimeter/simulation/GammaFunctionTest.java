package dev.mettle.calorimeter.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reference values: reference/simulation/gamma.py (SciPy). */
class GammaFunctionTest {
    @ParameterizedTest
    @CsvSource({
        "0.3, 0.1, 1.0957979948180756, 0.5459128495917965",
        "0.3, 1.0, 1.0957979948180756, 0.9156741562411086",
        "0.3, 2.4, 1.0957979948180756, 0.9866130364281497",
        "0.3, 10.0, 1.0957979948180756, 0.9999971551553328",
        "0.3, 45.0, 1.0957979948180756, 1.0",
        "1.1, 0.1, -0.049872441259839716, 0.0720597457605432",
        "1.1, 1.0, -0.049872441259839716, 0.5891809618706486",
        "1.1, 2.4, -0.049872441259839716, 0.8925693874616",
        "1.1, 10.0, -0.049872441259839716, 0.9999393673341662",
        "1.1, 45.0, -0.049872441259839716, 1.0",
        "2.5, 0.1, 0.2846828704729192, 0.0008861387888124438",
        "2.5, 1.0, 0.2846828704729192, 0.15085496391539038",
        "2.5, 2.4, 0.2846828704729192, 0.5592270319133369",
        "2.5, 10.0, 0.2846828704729192, 0.9987502694369687",
        "2.5, 45.0, 0.2846828704729192, 1.0",
        "7.0, 0.1, 6.579251212010101, 1.8180056068736556e-11",
        "7.0, 1.0, 6.579251212010101, 8.32411492880231e-05",
        "7.0, 2.4, 6.579251212010101, 0.011594079258864475",
        "7.0, 10.0, 6.579251212010101, 0.869858579117517",
        "7.0, 45.0, 6.579251212010101, 0.9999999999996205",
        "40.0, 0.1, 106.63176026064345, 1.1116958145183742e-88",
        "40.0, 1.0, 106.63176026064345, 4.621445840379973e-49",
        "40.0, 2.4, 106.63176026064345, 1.908335191152311e-34",
        "40.0, 10.0, 106.63176026064345, 7.341636314560681e-13",
        "40.0, 45.0, 106.63176026064345, 0.7916181799674072"
    })
    void lnGammaAndTheShareBelowAgreeWithSciPy(double a, double x, double lnGamma, double share) {
        assertThat(GammaFunction.lnGamma(a)).isCloseTo(lnGamma, within(1e-13 * (1 + lnGamma)));
        assertThat(GammaFunction.share(a, lnGamma, x)).isCloseTo(share, within(1e-12));
    }

    @Test
    void nothingIsBelowZeroAndEverythingBelowInfinity() {
        double lnGamma = GammaFunction.lnGamma(3);
        assertThat(GammaFunction.share(3, lnGamma, 0)).isZero();
        assertThat(GammaFunction.share(3, lnGamma, -1)).isZero();
        assertThat(GammaFunction.share(3, lnGamma, 1e4)).isEqualTo(1);
    }
}
