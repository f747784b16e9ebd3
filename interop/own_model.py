"""The two loops of docs/guide/own-model.md in PyTorch, on points of three classes of which 30 have a wrong label.

    python3 interop/own_model.py FOLDER

writes predictions.npy, labels.txt, train.jsonl (a training log) and keras.jsonl (the same through a callback) into FOLDER.
"""

import os
import sys

import numpy
import torch

from rote_log import RoteLog, array

EPOCHS = 12


def points(count=300, wrong=30):
    torch.manual_seed(1)
    true = torch.arange(count) % 3
    x = torch.randn(count, 2) * 0.5 + torch.tensor([[0.0, 3.0], [3.0, 0.0], [-3.0, -3.0]])[true]
    labels = true.clone()
    labels[:wrong] = (labels[:wrong] + 1) % 3
    return x, labels


def new_model():
    return torch.nn.Sequential(torch.nn.Linear(2, 32), torch.nn.ReLU(), torch.nn.Linear(32, 3))


def train(model, x, labels, log=None):
    ids = torch.arange(len(x))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for epoch in range(EPOCHS):
        for batch in torch.randperm(len(x)).split(32):
            logits = model(x[batch])
            if log:
                log.add(epoch, ids[batch], labels[batch], logits)
            loss = torch.nn.functional.cross_entropy(logits, labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model


def cross_validate(x, labels, folds=5):
    fold = torch.randperm(len(x)) % folds
    predictions = numpy.full((len(x), 3), numpy.nan, dtype="float32")
    for k in range(folds):
        model = train(new_model(), x[fold != k], labels[fold != k])
        with torch.no_grad():
            predictions[array(fold == k)] = array(torch.softmax(model(x[fold == k]), 1))
    return predictions


class LambdaCallback:
    """Stands for keras.callbacks.LambdaCallback where there is no Keras."""

    def __init__(self, on_epoch_end):
        self.on_epoch_end = on_epoch_end


def as_in_keras(model, x, labels, path):
    log = RoteLog(path)
    ids = range(len(x))
    callback = LambdaCallback(on_epoch_end=lambda epoch, logs: log.add(epoch, ids, labels, model(x)))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for epoch in range(EPOCHS):
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(model(x), labels).backward()
        optimizer.step()
        callback.on_epoch_end(epoch, {})
    log.close()


def main(folder):
    x, labels = points()
    log = RoteLog(os.path.join(folder, "train.jsonl"))
    train(new_model(), x, labels, log)
    log.close()
    numpy.save(os.path.join(folder, "predictions.npy"), cross_validate(x, labels))
    numpy.savetxt(os.path.join(folder, "labels.txt"), array(labels), fmt="%d")
    as_in_keras(new_model(), x, labels, os.path.join(folder, "keras.jsonl"))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
