"""Say what a document costs: CPU seconds for eight electorates, made from nothing, as a multiple of a fixed loop.

    make price                          half a minute; part of the gate, which it never fails
    python bench/price.py --keep        also writes the figure into price.txt, for the next commit to be compared with

A multiple of a loop is nearly the same on a faster or a slower machine. One electorate is made first, and not counted.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import bench

ELECTORATES, ROUNDS, STEPS = 8, 5, 3_000_000
LAST = bench.HERE / "price.txt"


def loop_seconds() -> float:
    """Return the CPU seconds of a loop that does nothing but count: the median of some rounds."""
    seconds = []
    for _ in range(ROUNDS):
        start, total = time.process_time(), 0
        for step in range(STEPS):
            total += step & 7
        seconds.append(time.process_time() - start)
    return statistics.median(seconds)


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
        line = copy.build(f"{ELECTORATES} electorates, cold", slugs)
    seconds, loop = line.cost.cpu / line.documents, loop_seconds()
    price = seconds / loop
    last = f"; {LAST.read_text('utf-8').strip()} when it was last kept" if LAST.exists() else ""
    bench.CONSOLE.print(
        f"A document costs {seconds:.2f} CPU seconds, {price:.2f} loops{last} ({line.documents} documents)."
    )
    if keep:
        LAST.write_text(f"{price:.2f}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
