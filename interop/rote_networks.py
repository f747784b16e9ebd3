"""Rote's networks in plain PyTorch: the same parameter names, the same logits. docs/guide/pytorch.md explains it, interop/check.py compares.

    import rote_networks
    network = rote_networks.load("runs/0123456789ab-cifar10-mlp-1x512-true-labels", 28, 28, 3, 10)
    logits = network(rote_networks.whiten(rote_networks.center_crop(images, 28)))   # images: [B, H, W, C], 0 to 255
"""

import json
import math
import os

import torch
from torch import nn
from torch.nn import functional as F


# The file format.

TYPES = {"F64": torch.float64, "F32": torch.float32, "BF16": torch.bfloat16,
         "I64": torch.int64, "I32": torch.int32, "U8": torch.uint8, "BOOL": torch.bool}


def read_safetensors(path):
    """Tensors by name: 8 bytes of header length, a JSON header, raw little-endian data."""
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        data = bytearray(file.read())
    header.pop("__metadata__", None)
    return {
        name: torch.frombuffer(
            data, dtype=TYPES[entry["dtype"]], count=math.prod(entry["shape"]), offset=entry["data_offsets"][0]
        ).reshape(entry["shape"])
        for name, entry in header.items()
    }


# From a picture to what a network is given.


def center_crop(images, side):
    """[B, H, W, C] -> [B, side, side, C], the middle."""
    top, left = (images.shape[1] - side) // 2, (images.shape[2] - side) // 2
    return images[:, top:top + side, left:left + side]


def whiten(images):
    """[B, H, W, C], 0 to 255 -> float32 of mean 0 and deviation 1, image by image."""
    values = images.flatten(1).float() / 255
    values = values - values.mean(1, keepdim=True)
    deviation = values.square().mean(1, keepdim=True).sqrt()
    return (values / deviation.clamp(min=1 / math.sqrt(values.shape[1]))).reshape(images.shape)


# Layers that PyTorch has in another form.


def same_padding(images, kernel, stride, value=0.0):
    """TensorFlow's SAME padding: n values become ceil(n / stride), and an odd row of padding comes last."""
    pads = []
    for size in (images.shape[3], images.shape[2]):  # F.pad begins with the last dimension
        total = max((math.ceil(size / stride) - 1) * stride + kernel - size, 0)
        pads += [total // 2, total - total // 2]
    return F.pad(images, pads, value=value)


class SameConv2d(nn.Conv2d):
    def forward(self, images):
        return super().forward(same_padding(images, self.kernel_size[0], self.stride[0]))


def max_pool_3x3_stride_2(images):
    return F.max_pool2d(same_padding(images, 3, 2, value=-math.inf), 3, 2)


class ShiftNorm(nn.BatchNorm2d):
    """Batch normalization with a learned shift and no learned scale."""

    def __init__(self, channels):
        super().__init__(channels, eps=0.001, momentum=0.1)
        self.weight = None


class ConvUnit(nn.Module):
    """Convolution, batch norm, ReLU; without batch norm the convolution has a bias."""

    def __init__(self, inputs, outputs, kernel, stride=1, batch_norm=True):
        super().__init__()
        self.conv = SameConv2d(inputs, outputs, kernel, stride, bias=not batch_norm)
        self.norm = ShiftNorm(outputs) if batch_norm else nn.Identity()

    def forward(self, images):
        return self.norm(self.conv(images)).relu()


# The networks. All take whitened images [B, H, W, C], as Rote keeps them, and give logits [B, classes].


class Mlp(nn.Module):
    """Fully connected layers on the image's values in the order row, column, channel. No hidden layer: a linear classifier."""

    def __init__(self, inputs, hidden, classes):
        super().__init__()
        sizes = [inputs, *hidden, classes]
        self.layers = nn.ModuleList(nn.Linear(size, following) for size, following in zip(sizes, sizes[1:]))

    def forward(self, images):
        values = images.flatten(1)
        for layer in self.layers[:-1]:
            values = layer(values).relu()
        return self.layers[-1](values)


class InceptionUnit(nn.Module):
    def __init__(self, inputs, one_by_one, three_by_three, batch_norm):
        super().__init__()
        self.conv1x1 = ConvUnit(inputs, one_by_one, 1, batch_norm=batch_norm)
        self.conv3x3 = ConvUnit(inputs, three_by_three, 3, batch_norm=batch_norm)

    def forward(self, images):
        return torch.cat([self.conv1x1(images), self.conv3x3(images)], 1)


class Halving(nn.Module):
    def __init__(self, inputs, filters, batch_norm):
        super().__init__()
        self.conv3x3 = ConvUnit(inputs, filters, 3, stride=2, batch_norm=batch_norm)

    def forward(self, images):
        return torch.cat([self.conv3x3(images), max_pool_3x3_stride_2(images)], 1)


class SmallInception(nn.Module):
    """Filters of 1x1 and of 3x3 windows a unit; None halves the image, with that many 3x3 filters beside the pooling."""

    UNITS = [(32, 32), (32, 48), (None, 80), (112, 48), (96, 64), (80, 80), (48, 96), (None, 96), (176, 160), (176, 160)]

    def __init__(self, channels, classes, batch_norm=True):
        super().__init__()
        self.stem = ConvUnit(channels, 96, 3, batch_norm=batch_norm)
        self.units = nn.ModuleList()
        channels = 96
        for one_by_one, three_by_three in self.UNITS:
            if one_by_one is None:
                self.units.append(Halving(channels, three_by_three, batch_norm))
                channels += three_by_three
            else:
                self.units.append(InceptionUnit(channels, one_by_one, three_by_three, batch_norm))
                channels = one_by_one + three_by_three
        self.fc = nn.Linear(channels, classes)

    def forward(self, images):
        values = self.stem(images.permute(0, 3, 1, 2))
        for unit in self.units:
            values = unit(values)
        return self.fc(values.mean([2, 3]))


class SmallAlexNet(nn.Module):
    def __init__(self, height, width, channels, classes):
        super().__init__()
        self.conv1 = SameConv2d(channels, 64, 5)
        self.conv2 = SameConv2d(64, 64, 5)
        self.fc1 = nn.Linear(math.ceil(height / 4) * math.ceil(width / 4) * 64, 384)
        self.fc2 = nn.Linear(384, 192)
        self.fc3 = nn.Linear(192, classes)

    def forward(self, images):
        values = images.permute(0, 3, 1, 2)
        for conv in (self.conv1, self.conv2):
            values = max_pool_3x3_stride_2(conv(values).relu())
            # 4 channels to either side; PyTorch divides alpha by the window's size: 0.001 / 9 a channel, as TensorFlow writes it.
            values = F.local_response_norm(values, size=9, alpha=0.001, beta=0.75, k=1)
        values = values.permute(0, 2, 3, 1).flatten(1)  # row, column, channel
        return self.fc3(self.fc2(self.fc1(values).relu()).relu())


class Stage(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv = SameConv2d(inputs, outputs, 3, bias=False)
        self.norm = ShiftNorm(outputs)
        self.branch1 = ConvUnit(outputs, outputs, 3)
        self.branch2 = ConvUnit(outputs, outputs, 3)

    def forward(self, images):
        halved = self.norm(F.max_pool2d(self.conv(images), 2)).relu()
        return halved + self.branch2(self.branch1(halved))


class SmallResNet(nn.Module):
    def __init__(self, width, channels, classes):
        super().__init__()
        self.stem = ConvUnit(channels, width // 2, 3)
        self.stages = nn.ModuleList([Stage(width // 2, width), Stage(width, 2 * width), Stage(2 * width, 4 * width)])
        self.fc = nn.Linear(4 * width, classes)

    def forward(self, images):
        values = self.stem(images.permute(0, 3, 1, 2))
        for stage in self.stages:
            values = stage(values)
        return self.fc(values.amax([2, 3])) / 8


# From a run's folder to its network.


def build(network, height, width, channels, classes):
    """The module of the `network` member of a run's experiment.json, for images and classes of these sizes."""
    kind = network["kind"]
    if kind == "mlp":
        return Mlp(height * width * channels, network["hidden"], classes)
    if kind == "small-inception":
        return SmallInception(channels, classes, network["batchNorm"])
    if kind == "small-alexnet":
        return SmallAlexNet(height, width, channels, classes)
    if kind == "resnet":
        return SmallResNet(network["width"], channels, classes)
    raise ValueError(f"There is no network '{kind}' here; expected mlp, small-inception, small-alexnet or resnet.")


def load(run_folder, height, width, channels, classes):
    """The trained network of a finished run, in evaluation mode. The sizes are those of an image as the network sees it (after the crop)."""
    with open(os.path.join(run_folder, "experiment.json"), encoding="utf-8") as file:
        network = build(json.load(file)["network"], height, width, channels, classes)
    network.load_state_dict(read_safetensors(os.path.join(run_folder, "weights.safetensors")))  # every name must match
    return network.eval()
