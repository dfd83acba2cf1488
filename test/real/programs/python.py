"""Big lists and dicts, garbage, threads, a subprocess and forks, with every value checked. Prints `fine` at its end."""
import gc
import hashlib
import os
import random
import subprocess
import sys
import threading

COUNT = 100_000


def word(n):
    return hashlib.md5(b"%d" % n).hexdigest()


def record(n):
    return [n, word(n), (n * 2654435761) & 0xFFFFFFFF, "x" * (n % 50)]


def check(held, change=0):
    for n, (number, text, product, filler) in held.items():
        assert number == n + change if n % 10 == 0 else number == n, (n, number)
        assert product == (n * 2654435761) & 0xFFFFFFFF, n
        assert len(filler) == n % 50, n
        if n % 16 == 0:
            assert text == word(n), n


def forked(work):
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert status == 0, status


held = {n: record(n) for n in range(COUNT)}
check(held)
gc.collect()

# Forks see what was, and their changes are their own.
def change():
    for n in range(0, COUNT, 10):
        held[n][0] += 5
    check(held, 5)
    forked(lambda: check(held, 5))


forked(change)
check(held)

# Others run beside it, one of them paged as well.
out = subprocess.run(
    [sys.executable, "-c", "b = bytearray(range(256)) * 65536; print(sum(b[::4096]), len(b))"],
    capture_output=True, text=True, check=True,
).stdout
assert out == "0 16777216\n", out
assert subprocess.run("exit 3", shell=True).returncode == 3

# Big blocks that grow in place or move, and freed ones that come back.
block = bytearray()
for n in range(24):
    block += bytes([n]) * (1 << 20)
assert all(block[n << 20] == n and block[(n + 1 << 20) - 1] == n for n in range(24))
del block[: 8 << 20]
assert block[0] == 8
block = None

# Threads with their own arenas.
failures = []
def lookups(seed):
    chance = random.Random(seed)
    for _ in range(2500):
        n = chance.randrange(COUNT)
        if held[n][2] != (n * 2654435761) & 0xFFFFFFFF:
            failures.append(n)


threads = [threading.Thread(target=lookups, args=(seed,)) for seed in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert failures == []

order = sorted(held, key=lambda n: held[n][1])
print(hashlib.md5(",".join(map(str, order)).encode()).hexdigest())
print("fine")
