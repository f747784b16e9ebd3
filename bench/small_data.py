"""Does the interval of a small data set's certificate hold what it should? 40 runs for each kind and size; the table of docs/evidence/dial-small-data.md.

    python3 bench/small_data.py ROTE RUNS OUT.json texts=PATH [pictures=cifar10] [vectors=cifar10]

ROTE is the command, RUNS a folder that keeps runs, so that the same call goes on where it was stopped. texts is a table with columns text and label in
random order, such as BANKING77 shuffled. Of every run two questions are asked: does the interval of the held-out canaries hold the degree that the network
has reached on the data's own wrong labels (they are random too, and ten times as many), and does it hold the degree that was asked for? The first is what
an interval is for; the second needs the steering canaries to be like the others too.
"""

import json
import pathlib
import subprocess
import sys

SIZES = (500, 1000, 3000)
DEGREES = (0.1, 0.25, 0.5, 0.75, 1)
SEEDS = 8  # of each degree; no two degrees share one, so that runs have no canaries in common
KINDS = {
    "texts": ["--embed", "minilm", "--corruption", "corrupted-labels=0.4"],
    "vectors": ["--embed", "resnet18", "--corruption", "corrupted-labels=0.4444"],
    "pictures": ["--network", "mlp-1x512", "--corruption", "corrupted-labels=0.4444"],
}


def runs(rote, folder, data, kind, size):
    for place, degree in enumerate(DEGREES):
        command = [rote, "train", data, "--memorize", str(degree), "--examples", str(size), "--test-examples", "2000"]
        command += KINDS[kind] + ["--seed", str(1 + place * SEEDS), "--seeds", str(SEEDS), "--workers", "1", "--runs", folder, "--json", "--quiet"]
        found = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for run in json.loads(found.stdout)["runs"]:
            where = pathlib.Path(run["folder"] if "folder" in run else run["run"])
            yield degree, json.loads((where / "summary.json").read_text()), json.loads((where / "certificate.json").read_text())


def outcome(degree, summary, certificate):
    """m on the data's own wrong labels: what is fitted of them, corrected for the share hit by chance, as the certificate does."""
    chance = (1 - summary["testCorrect"] / summary["testCount"]) / (summary["canaries"]["classes"] - 1)
    own = max(0.0, (summary["memorizedCount"] / summary["changedCount"] - chance) / (1 - chance))
    audit = certificate["heldOut"]
    return {
        "asked": degree,
        "steering": certificate["steering"]["memorization"],
        "heldOut": [audit["memorization"], audit["low"], audit["high"]],
        "canaries": audit["canaries"],
        "own": own,
        "ownCount": summary["changedCount"],
        "holdsOwn": audit["low"] <= own <= audit["high"],
        "holdsAsked": certificate["isReached"],
        "test": summary["testCorrect"] / summary["testCount"],
    }


def main(rote, folder, out, *data):
    cells = []
    for size in SIZES:
        for kind, path in (pair.split("=", 1) for pair in data):
            some = [outcome(*run) for run in runs(rote, folder, path, kind, size)]
            cells.append({"kind": kind, "examples": size, "runs": some})
            pathlib.Path(out).write_text(json.dumps({"cells": cells}, indent=2) + "\n")
            mean = lambda key: sum(key(run) for run in some) / len(some)
            print(
                f"{kind} {size}: {some[0]['canaries']} canaries, half width {mean(lambda r: (r['heldOut'][2] - r['heldOut'][1]) / 2):.2f}; "
                f"holds m on the own wrong labels in {sum(r['holdsOwn'] for r in some)} of {len(some)}, the degree asked for in "
                f"{sum(r['holdsAsked'] for r in some)}; steering {mean(lambda r: abs(r['steering'] - r['asked'])):.3f} off, "
                f"own {mean(lambda r: abs(r['own'] - r['asked'])):.3f} off, test {mean(lambda r: r['test']):.3f}",
                flush=True,
            )


if __name__ == "__main__":
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
