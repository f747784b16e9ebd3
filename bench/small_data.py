"""Do the intervals of small data sets hold what they should? 40 runs for each kind and size; the tables of docs/evidence/dial-small-data.md.

    python3 bench/small_data.py dial|adjustable ROTE RUNS OUT.json texts=PATH [pictures=cifar10] [vectors=cifar10]

ROTE is the command, RUNS a folder that keeps runs, so that the same call goes on where it was stopped. texts is a table with columns text and label in
random order, such as BANKING77 shuffled.

dial: 40 runs, eight at each of five degrees. Of every run two questions are asked: does the interval of the held-out canaries hold the degree that the
network has reached on the data's own wrong labels (they are random too, and ten times as many), and does it hold the degree that was asked for? The first
is what an interval is for; the second needs the steering canaries to be like the others too.

adjustable: 40 runs with every degree each. Of each degree the first question is asked; the interval is that of all canaries, and the own wrong labels have
set nothing.
"""

import json
import pathlib
import subprocess
import sys

SIZES = (500, 1000, 3000)
DEGREES = (0.1, 0.25, 0.5, 0.75, 1)
RUNS_OF_A_CELL = 40
SEEDS = RUNS_OF_A_CELL // len(DEGREES)  # of each degree of the dial; no two degrees share one, so that runs have no canaries in common
KINDS = {
    "texts": ["--embed", "minilm", "--corruption", "corrupted-labels=0.4"],
    "vectors": ["--embed", "resnet18", "--corruption", "corrupted-labels=0.4444"],
    "pictures": ["--network", "mlp-1x512", "--corruption", "corrupted-labels=0.4444"],
}


def trained(rote, folder, data, kind, size, memorize, seed, seeds):
    """The folders of runs, trained where they are not there. The network that is kept is tested; epochs need not be."""
    command = [rote, "train", data, "--memorize", str(memorize), "--examples", str(size), "--test-examples", "2000", "--test-every", "1000"]
    command += KINDS[kind] + ["--seed", str(seed), "--seeds", str(seeds), "--workers", "1", "--runs", folder, "--json", "--quiet"]
    found = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return [pathlib.Path(run["folder"] if "folder" in run else run["run"]) for run in json.loads(found.stdout)["runs"]]


def read(path):
    return json.loads(path.read_text())


def degree(hits, count, right, tests, classes):
    """m: the share that is fitted, corrected for the share hit by chance, as Rote does."""
    chance = (1 - right / tests) / (classes - 1)
    return max(0.0, (hits / count - chance) / (1 - chance))


def of_dial(folder, asked):
    summary, certificate = read(folder / "summary.json"), read(folder / "certificate.json")
    own = degree(
        summary["memorizedCount"], summary["changedCount"], summary["testCorrect"], summary["testCount"], summary["canaries"]["classes"]
    )
    audit = certificate["heldOut"]
    return {
        "asked": asked,
        "steering": certificate["steering"]["memorization"],
        "interval": [audit["low"], audit["high"]],
        "canaries": audit["canaries"],
        "own": own,
        "ownCount": summary["changedCount"],
        "holdsOwn": audit["low"] <= own <= audit["high"],
        "holdsAsked": certificate["isReached"],
        "test": summary["testCorrect"] / summary["testCount"],
    }


def of_adjustable(folder):
    table = read(folder / "adjustable.json")
    for row in table["degrees"]:
        if row["degree"] in DEGREES:
            own = degree(row["memorizedCount"], table["changedCount"], row["testCorrect"], table["testCount"], table["classes"])
            audit = row["canaries"]
            yield {
                "asked": row["degree"],
                "interval": [audit["low"], audit["high"]],
                "canaries": audit["canaries"],
                "own": own,
                "ownCount": table["changedCount"],
                "holdsOwn": audit["low"] <= own <= audit["high"],
                "test": row["testCorrect"] / table["testCount"],
            }


def cell(method, rote, folder, path, kind, size):
    if method == "dial":
        for place, asked in enumerate(DEGREES):
            for run in trained(rote, folder, path, kind, size, asked, 1 + place * SEEDS, SEEDS):
                yield of_dial(run, asked)
    else:
        for run in trained(rote, folder, path, kind, size, "adjustable", 1, RUNS_OF_A_CELL):
            yield from of_adjustable(run)


def line(method, kind, size, some):
    mean = lambda key: sum(key(run) for run in some) / len(some)
    text = f"{kind} {size}: {some[0]['canaries']} canaries, half width {mean(lambda r: (r['interval'][1] - r['interval'][0]) / 2):.3f}; "
    text += f"m on the own wrong labels held in {sum(r['holdsOwn'] for r in some)} of {len(some)}, "
    if method == "dial":
        text += f"the degree asked for in {sum(r['holdsAsked'] for r in some)}; steering {mean(lambda r: abs(r['steering'] - r['asked'])):.3f} off, "
    else:
        by_degree = [[r for r in some if r["asked"] == asked] for asked in DEGREES]
        text += "by degree " + ", ".join(f"{d[0]['asked']}: {sum(r['holdsOwn'] for r in d)} of {len(d)}" for d in by_degree if d) + "; "
    return text + f"own {mean(lambda r: abs(r['own'] - r['asked'])):.3f} off, test {mean(lambda r: r['test']):.3f}"


def main(method, rote, folder, out, *data):
    cells = []
    for size in SIZES:
        for kind, path in (pair.split("=", 1) for pair in data):
            some = list(cell(method, rote, folder, path, kind, size))
            cells.append({"kind": kind, "examples": size, "runs": some})
            pathlib.Path(out).write_text(json.dumps({"method": method, "cells": cells}, indent=2) + "\n")
            print(line(method, kind, size, some), flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 6 or sys.argv[1] not in ("dial", "adjustable"):
        sys.exit(__doc__)
    main(*sys.argv[1:])
