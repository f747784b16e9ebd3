"""Writes what `rote audit --dynamics` and `--predictions` read, from any training loop of PyTorch, Keras or NumPy. docs/guide/own-model.md."""

import json

import numpy


def array(values):
    return numpy.asarray(values.detach().cpu() if hasattr(values, "detach") else values)


class RoteLog:
    def __init__(self, path):
        self.file = open(path, "w", encoding="utf-8")

    def add(self, epoch, ids, labels, logits):
        for id, label, row in zip(array(ids).tolist(), array(labels).tolist(), array(logits).tolist()):
            self.file.write(json.dumps({"id": id, "epoch": epoch, "label": label, "logits": row}) + "\n")

    def close(self):
        self.file.close()
