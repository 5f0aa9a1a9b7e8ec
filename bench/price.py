"""Say what a document costs: CPU seconds for eight electorates, made from nothing, as a multiple of a fixed loop.

    make price                          half a minute; part of the gate, which it never fails
    python bench/price.py --keep        also writes the figure into price.txt, for the next commit to be compared with

A multiple of a loop is nearly the same on a faster or a slower machine. One electorate is made first, and not counted.
"""

import argparse
import multiprocessing
import statistics
import tempfile
import time
from pathlib import Path

import bench

ELECTORATES, ROUNDS, STEPS = 8, 6, 10_000_000
LAST = bench.HERE / "price.txt"


def loop_seconds(_round: int) -> float:
    """Return the CPU seconds of a loop that does nothing but count."""
    start, total = time.process_time(), 0
    for step in range(STEPS):
        total += step & 7
    return time.process_time() - start


def loops() -> list[float]:
    """Return the CPU seconds of some loops, on all cores at once as a build is: a core alone is faster."""
    with multiprocessing.Pool(bench.CORES) as pool:
        return pool.map(loop_seconds, range(ROUNDS * bench.CORES), chunksize=1)


def main() -> None:
    """Measure, and print the price beside the last that was kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", action="store_true", help="write the figure into price.txt")
    keep = parser.parse_args().keep
    with tempfile.TemporaryDirectory(prefix="briefpack-price-") as folder:
        copy = bench.copied(Path(folder))
        slugs = bench.spread(copy.electorates, ELECTORATES)
        copy.build("one electorate, to warm the machine", slugs[:1])
        copy.clear(".store", "out")
        before = loops()
        line = copy.build(f"{ELECTORATES} electorates, cold", slugs)
        after = loops()
    seconds = line.cost.cpu / line.documents
    price = seconds / statistics.median([*before, *after])
    last = f"; {LAST.read_text('utf-8').strip()} when it was last kept" if LAST.exists() else ""
    bench.CONSOLE.print(
        f"A document costs {seconds:.2f} CPU seconds, {price:.2f} loops{last} ({line.documents} documents)."
    )
    if keep:
        LAST.write_text(f"{price:.2f}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
