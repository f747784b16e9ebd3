"""What bench/run peer measures against: the MLP 1x512 and the small Inception, trained in plain PyTorch as a careful user would write it.

    echo "mlp 128 float32 25600" | python3 bench/peer.py 2

The argument is the number of threads. Says what this PyTorch is, then an empty line. Each line of input, NETWORK BATCH VARIANT IMAGES, trains one
epoch on that many random images and is answered by a line with images per second, or by "error: ..." where this PyTorch cannot.
NETWORK: mlp, inception. VARIANT: float32 (default memory layout), bfloat16 (autocast; channels_last for inception).
"""

import contextlib
import os
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


def conv(inputs, outputs, kernel, stride=1):
    return nn.Sequential(nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


class Branches(nn.Module):
    """Modules on the same input, their channels side by side."""

    def __init__(self, *branches):
        super().__init__()
        self.branches = nn.ModuleList(branches)

    def forward(self, images):
        return torch.cat([branch(images) for branch in self.branches], 1)


def unit(inputs, one_by_one, three_by_three):
    return Branches(conv(inputs, one_by_one, 1), conv(inputs, three_by_three, 3))


def halving(inputs, filters):
    return Branches(conv(inputs, filters, 3, stride=2), nn.MaxPool2d(3, 2, padding=1))


NETWORKS = {
    "mlp": lambda: nn.Sequential(nn.Flatten(), nn.Linear(28 * 28 * 3, 512), nn.ReLU(), nn.Linear(512, 10)),
    "inception": lambda: nn.Sequential(
        conv(3, 96, 3),
        unit(96, 32, 32), unit(64, 32, 48), halving(80, 80),
        unit(160, 112, 48), unit(160, 96, 64), unit(160, 80, 80), unit(160, 48, 96), halving(144, 96),
        unit(240, 176, 160), unit(336, 176, 160),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(336, 10)),
}


class Training:
    def __init__(self, network, batch, variant, count):
        torch.manual_seed(1)
        self.batch = batch
        self.autocast = variant == "bfloat16"
        self.images = torch.randn(count, 3, 28, 28)
        self.labels = torch.randint(0, 10, (count,))
        self.network = NETWORKS[network]().train()
        if self.autocast and network == "inception":
            self.images = self.images.to(memory_format=torch.channels_last)
            self.network = self.network.to(memory_format=torch.channels_last)
        # A small step: the labels are noise, and a network that diverges would be measured on infinities.
        self.optimizer = torch.optim.SGD(self.network.parameters(), lr=0.001, momentum=0.9)

    def epoch(self):
        """One pass in random order; images per second."""
        begun = time.perf_counter()
        total = 0.0
        for rows in torch.randperm(len(self.images)).split(self.batch):
            images, labels = self.images[rows], self.labels[rows]
            with torch.autocast("cpu", torch.bfloat16) if self.autocast else contextlib.nullcontext():
                loss = F.cross_entropy(self.network(images), labels)
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()
            self.optimizer.step()
            total += loss.detach() * len(rows)
        total.item()  # what a user prints at the end of an epoch
        return len(self.images) / (time.perf_counter() - begun)


def blas():
    """The file of the BLAS library that is loaded, by its real name."""
    with open("/proc/self/maps", encoding="utf-8") as maps:
        files = {line.split()[-1] for line in maps if "blas" in line}
    return ", ".join(sorted({os.path.basename(os.path.realpath(file)) for file in files})) or "inside libtorch"


def main(threads):
    torch.set_num_threads(threads)
    print(f"PyTorch {torch.__version__}, BLAS: {blas()}, {torch.get_num_threads()} threads")
    print(torch.__config__.show().strip(), end="\n\n", flush=True)
    trainings = {}
    for line in sys.stdin:
        network, batch, variant, count = line.split()
        key = network, int(batch), variant, int(count)
        try:
            if key not in trainings:
                trainings[key] = Training(*key)
            print(trainings[key].epoch(), flush=True)
        except RuntimeError as error:
            print("error:", str(error).split("\n")[0], flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
