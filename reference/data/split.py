"""Prints the split and the first sample that SplitterTest and PoolSamplerTest pin, by an independent Philox4x32-10.

Run:  python3 reference/data/split.py
Counter words: block number, index, purpose << 8 | source, stream (ROWS = 2); key: the seed. RACE = 1, SAMPLE = 1.
"""
M, MASK = (0xD2511F53, 0xCD9E8D57), 0xFFFFFFFF


def philox(key, c):
    k0, k1 = key & MASK, key >> 32 & MASK
    for _ in range(10):
        p0, p1 = M[0] * c[0], M[1] * c[2]
        c = [p1 >> 32 ^ c[1] ^ k0, p1 & MASK, p0 >> 32 ^ c[3] ^ k1, p0 & MASK]
        k0, k1 = k0 + 0x9E3779B9 & MASK, k1 + 0xBB67AE85 & MASK
    return c


def longs(key, index):
    block = 0
    while True:
        w = philox(key, [block, index, 1 << 8 | 1, 2])
        yield w[0] | w[1] << 32
        yield w[2] | w[3] << 32
        block += 1


def split(rows, seed, validation, test):
    numbers, order = longs(seed, 2**31 - 1), list(range(rows))
    for i in range(rows - 1, 0, -1):
        j = next(numbers) * (i + 1) >> 64
        order[i], order[j] = order[j], order[i]
    return sorted(order[test + validation:]), order[test:test + validation], order[:test]


def sample(pool, seed, index, size):
    numbers, rows = longs(seed, index), list(pool)
    for i in range(size):
        j = i + (next(numbers) * (len(rows) - i) >> 64)
        rows[i], rows[j] = rows[j], rows[i]
    return rows[:size]


assert ["%08x" % w for w in philox(0, [0, 0, 0, 0])] == ["6627e8d5", "e169c58d", "bc57ac4c", "9b00dbd8"]  # published
pool, validation, test = split(1000, 1, 100, 200)
print("test      ", test[:6])
print("validation", validation[:6])
print("pool      ", pool[:6])
print("sample    ", sample(pool, 20250522, 3, 6))
