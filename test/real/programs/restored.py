# A large heap to be dumped and restored: its sum is the same afterwards, also in a fork.
import hashlib
import os
import signal
import sys
import time

restored = False


def note(*_):
    global restored
    restored = True


signal.signal(signal.SIGUSR1, note)
heap = {f"key {i}": [i, str(i) * 8, (i, i + 1)] for i in range(120_000)}


def digest():
    sums = hashlib.sha256()
    for key, value in heap.items():
        sums.update(repr((key, value)).encode())
    return sums.hexdigest()


before = digest()
print("ready", flush=True)
while not restored:
    time.sleep(0.01)
child = os.fork()
if child == 0:
    os._exit(0 if digest() == before else 1)
heap["one more"] = [1]
del heap["one more"]
print("bad", int(digest() != before), flush=True)
print("bad", os.waitpid(child, 0)[1], flush=True)
print("end", flush=True)
