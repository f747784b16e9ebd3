"""Rote from Python: runs the program, and gives its results as dicts and tables. Standard library only; docs/guide/python.md.

    import rote
    found = rote.audit("photos", budget="15m")
    found["summary"]["wrong"], found["suspects"]

Tables are pandas DataFrames where pandas is installed, else lists of dicts with one entry a row. The program is `rote` on the path,
or what the environment variable ROTE or `rote.program` names.
"""

import csv
import importlib
import json
import os
import subprocess
import sys
import threading

program = os.environ.get("ROTE", "rote")


class RoteError(Exception):
    """The program refused or failed. `code`: 2 wrong input, 3 the machine, 75 busy elsewhere, 130 interrupted."""

    def __init__(self, code, sentence):
        super().__init__(sentence)
        self.code = code


def audit(data=None, **options):
    """Which labels are probably wrong. Options are those of `rote audit`, with underscores: budget="15m", fail_over="2%".

    Returns a dict: "folder", "page" (an HTML file), "summary", "gate" (with fail_over), and the tables "suspects" and "examples".
    """
    document = command("audit", data, accepted=(0, 1), **options)
    document["suspects"] = table(os.path.join(document["folder"], "suspects.csv"))
    examples = [os.path.join(document["folder"], name) for name in ("examples.parquet", "examples.csv")]
    found = [path for path in examples if os.path.exists(path) and (path.endswith(".csv") or _reads_parquet())]
    document["examples"] = table(found[0]) if found else None
    return document


def train(data, **options):
    """Trains a network: train("cifar10", network="resnet", memorize=0.2, seeds=3). Returns a dict: "run" (its folder), accuracies, …"""
    return command("train", data, **options)


def evaluate(run, data=None, **options):
    """What a finished run's network predicts. `run`: its folder, the beginning of its name, or what train() returned."""
    run = run["run"] if isinstance(run, dict) else run
    return command("evaluate", run, data, **options)


def embed(data, out, **options):
    """Writes the vectors of a frozen encoder to `out` (.npy or .parquet). Returns a dict with "vectors": an array where NumPy is
    installed, for .parquet a table; else None."""
    document = command("embed", data, out=out, **options)
    numpy = _module("numpy")
    path = document["file"]
    document["vectors"] = (
        table(path) if path.endswith(".parquet") and _reads_parquet() else numpy.load(path) if numpy and path.endswith(".npy") else None
    )
    return document


def command(name, *arguments, accepted=(0,), quiet=False, **options):
    """Runs any command with --json and returns its document: command("runs list"), command("data show", "photos").

    True is an option without a value, None and False leave it out, a list gives it several times. Raises RoteError with the program's
    own sentence. `rote schema NAME` says what a document holds. `quiet`: progress is not shown on standard error.
    """
    words = [program, *name.split(), *(_word(value) for value in arguments if value is not None), "--json"]
    for key, value in options.items():
        option = "--" + key.strip("_").replace("_", "-")
        for one in value if isinstance(value, (list, tuple)) else [value]:
            if one is not None and one is not False:
                words += [option] if one is True else [option, _word(one)]
    code, output, said = _run(words, quiet)
    if code not in accepted or not output.strip():
        last = [line for line in said.splitlines() if line.strip()]
        sentence = next((line for line in reversed(last) if line.startswith("rote: ")), last[-1] if last else f"exit code {code}")
        raise RoteError(code, sentence.removeprefix("rote: "))
    return json.loads(output)


def table(path):
    """A file of rows as a pandas DataFrame, or as a list of dicts of texts where pandas is not installed (CSV only)."""
    pandas = _module("pandas")
    if path.endswith(".parquet"):
        if not _reads_parquet():
            raise ImportError(f"{path} needs pandas and pyarrow; Rote writes the same as .csv.")
        return pandas.read_parquet(path)
    if pandas:
        return pandas.read_csv(path)
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _word(value):
    text = os.fspath(value) if isinstance(value, os.PathLike) else str(value)
    # A name that begins with a dash would be read as an option.
    return os.path.join(".", text) if text.startswith("-") and os.path.exists(text) else text


def _module(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def _reads_parquet():
    return _module("pandas") is not None and _module("pyarrow") is not None


def _run(words, quiet):
    """Exit code, standard output, standard error; what the program says on the way is shown as it comes."""
    try:
        process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", errors="replace"
        )
    except OSError as error:
        raise RoteError(3, f"Cannot start {words[0]} ({error.strerror}); install it, or name it in the variable ROTE.") from error
    said = []

    def listen():
        for line in process.stderr:
            said.append(line)
            if not quiet:
                sys.stderr.write(line)

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    try:
        output = process.stdout.read()
        process.wait()
    except BaseException:
        process.terminate()  # what is finished is kept; the same call goes on
        process.wait()
        raise
    listener.join()
    process.stdout.close()
    process.stderr.close()
    return process.returncode, output, "".join(said)
