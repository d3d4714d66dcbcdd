"""Expected numbers of core's tests of random numbers: Philox4x32-10 and everything drawn from it, written a second time
from Salmon et al. (SC 2011), and the normal quantile.

Run: python3 reference/random_numbers.py      (SciPy 1.10)
"""
from scipy.special import ndtri

MASK = 0xFFFFFFFF


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [b >> 32 ^ c[1] ^ k[0], b & MASK, a >> 32 ^ c[3] ^ k[1], a & MASK]
        k = [k[0] + 0x9E3779B9 & MASK, k[1] + 0xBB67AE85 & MASK]
    return c


class Stream:
    """Counter = (block, index, purpose << 8 | source, stream); key = study seed, low word first."""

    def __init__(self, study, purpose, source, index, stream):
        self.key = (study & MASK, study >> 32 & MASK)
        self.rest = (index, purpose << 8 | source, stream)
        self.block, self.words = 0, []

    def word(self):
        if not self.words:
            self.words = philox((self.block,) + self.rest, self.key)
            self.block += 1
        return self.words.pop(0)

    def long(self):
        low = self.word()
        return low | self.word() << 32

    def double(self):
        high, low = self.word(), self.word()
        return ((high << 20 | low >> 12) + 0.5) / 2**52

    def below(self, bound):
        return self.long() * bound >> 64

    def shuffle(self, values):
        for i in range(len(values) - 1, 0, -1):
            j = self.below(i + 1)
            values[i], values[j] = values[j], values[i]
        return values

    def choose(self, values, count):
        for i in range(count):
            j = i + self.below(len(values) - i)
            values[i], values[j] = values[j], values[i]
        return values[:count]


def main():
    print("# known answers of Random123")
    for counter, key in [
            ((0,) * 4, (0,) * 2), ((MASK,) * 4, (MASK,) * 2),
            ((0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344), (0xa4093822, 0x299f31d0))]:
        print(" ".join("%08x" % w for w in philox(counter, key)))
    race, sample, init = 1, 1, 0
    seed = 20250522
    print("# study 20250522, race")
    print("words", [hex(Stream(seed, race, init, 3, 0).word())] + [hex(w) for w in philox((0, 3, 0x100, 0), (seed, 0))[1:]])
    s = Stream(seed, race, init, 3, 0)
    print("doubles", [repr(s.double()) for _ in range(3)])
    s = Stream(seed, race, init, 3, 0)
    print("gaussians", [repr(float(ndtri(s.double()))) for _ in range(3)])
    s = Stream(seed, race, init, 3, 0)
    print("floats", [repr((s.word() >> 8) / 2**24) for _ in range(6)])
    print("choose 5 of 100", Stream(seed, race, sample, 7, 2).choose(list(range(100)), 5))
    print("shuffle 10", Stream(seed, race, init, 7, 1).shuffle(list(range(10))))
    value = Stream(-1 & 2**64 - 1, 2, sample, 58, 3).long()
    print("value of seed (-1, certify, sample, 58)", value - 2**64 if value >> 63 else value)
    print("# normal quantile")
    for p in (2.0**-53, 1e-300, 1e-20, 1e-9, 1e-6, 0.001, 0.0244, 0.0249, 0.05, 0.074, 0.076, 0.25, 0.4, 0.5, 0.6, 0.9,
              0.924, 0.926, 0.975, 0.999, 1 - 1e-9, 1 - 2.0**-53):
        print(repr(p), repr(float(ndtri(p))))


if __name__ == "__main__":
    main()
