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


class ConvNorm(nn.Module):
    """Convolution, batch norm, ReLU, where PyTorch's own padding is the one that is wanted: a window's half, or none."""

    def __init__(self, inputs, outputs, kernel, stride=1, padding=None):
        super().__init__()
        rows, columns = kernel if isinstance(kernel, tuple) else (kernel, kernel)
        padding = (rows // 2, columns // 2) if padding is None else padding
        self.conv = nn.Conv2d(inputs, outputs, (rows, columns), stride, padding, bias=False)
        self.norm = ShiftNorm(outputs)

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


class Branch(nn.Module):
    """A pooling or none, convolutions one after the other, and perhaps two side by side."""

    def __init__(self, inputs, convs, pool=None, fork=()):
        super().__init__()
        self.pool = pool
        self.convs = nn.ModuleList()
        for filters, *window in convs:
            self.convs.append(ConvNorm(inputs, filters, *window))
            inputs = filters
        self.fork = nn.ModuleList(ConvNorm(inputs, filters, window) for filters, window in fork)

    def forward(self, images):
        values = self.pool(images) if self.pool else images
        for conv in self.convs:
            values = conv(values)
        return torch.cat([conv(values) for conv in self.fork], 1) if self.fork else values


class InceptionUnit3(nn.Module):
    def __init__(self, *branches):
        super().__init__()
        self.branches = nn.ModuleList(branches)

    def forward(self, images):
        return torch.cat([branch(images) for branch in self.branches], 1)


class InceptionV3(nn.Module):
    """Without the auxiliary classifier. A convolution is (filters, window, stride, padding)."""

    def __init__(self, channels, classes):
        super().__init__()
        row3, column3, row7, column7 = (1, 3), (3, 1), (1, 7), (7, 1)

        def mean(inputs, filters):  # TensorFlow does not count padding
            return Branch(inputs, [(filters, 1)], nn.AvgPool2d(3, 1, 1, count_include_pad=False))

        def squares(inputs, filters):
            return InceptionUnit3(Branch(inputs, [(64, 1)]), Branch(inputs, [(48, 1), (64, 5)]),
                                  Branch(inputs, [(64, 1), (96, 3), (96, 3)]), mean(inputs, filters))

        def sevens(within):
            return InceptionUnit3(
                Branch(768, [(192, 1)]), Branch(768, [(within, 1), (within, row7), (192, column7)]),
                Branch(768, [(within, 1), (within, column7), (within, row7), (within, column7), (192, row7)]), mean(768, 192))

        def threes(inputs):
            fork = [(384, row3), (384, column3)]
            return InceptionUnit3(Branch(inputs, [(320, 1)]), Branch(inputs, [(384, 1)], fork=fork),
                                  Branch(inputs, [(448, 1), (384, 3)], fork=fork), mean(inputs, 192))

        def alone(inputs, *conv):
            return InceptionUnit3(Branch(inputs, [conv]))

        def largest():
            return Branch(None, [], nn.MaxPool2d(3, 2))

        self.units = nn.ModuleList([
            alone(channels, 32, 3, 2, 0), alone(32, 32, 3, 1, 0), alone(32, 64, 3), InceptionUnit3(largest()),
            alone(64, 80, 1), alone(80, 192, 3, 1, 0), InceptionUnit3(largest()),
            squares(192, 32), squares(256, 64), squares(288, 64),
            InceptionUnit3(Branch(288, [(384, 3, 2, 0)]), Branch(288, [(64, 1), (96, 3), (96, 3, 2, 0)]), largest()),
            sevens(128), sevens(160), sevens(160), sevens(192),
            InceptionUnit3(Branch(768, [(192, 1), (320, 3, 2, 0)]),
                           Branch(768, [(192, 1), (192, row7), (192, column7), (192, 3, 2, 0)]), largest()),
            threes(1280), threes(2048)])
        self.fc = nn.Linear(2048, classes)

    def forward(self, images):
        values = images.permute(0, 3, 1, 2)
        for unit in self.units:
            values = unit(values)
        return self.fc(values.mean([2, 3]))


# From a run's folder to its network.


def build(network, height, width, channels, classes):
    """The module of the `network` member of a run's experiment.json, for images and classes of these sizes."""
    kind = network["kind"]
    if "tiedDropout" in network:
        raise ValueError("Networks with example-tied dropout are not here: in evaluation they leave units out.")
    if kind == "mlp":
        return Mlp(height * width * channels, network["hidden"], classes)
    if kind == "small-inception":
        return SmallInception(channels, classes, network["batchNorm"])
    if kind == "small-alexnet":
        return SmallAlexNet(height, width, channels, classes)
    if kind == "resnet":
        return SmallResNet(network["width"], channels, classes)
    if kind == "inception-v3":
        return InceptionV3(channels, classes)
    raise ValueError(f"There is no network '{kind}' here; expected mlp, small-inception, small-alexnet, resnet or inception-v3.")


def load(run_folder, height, width, channels, classes):
    """The trained network of a finished run, in evaluation mode. The sizes are those of an image as the network sees it (after the crop)."""
    with open(os.path.join(run_folder, "experiment.json"), encoding="utf-8") as file:
        network = build(json.load(file)["network"], height, width, channels, classes)
    network.load_state_dict(read_safetensors(os.path.join(run_folder, "weights.safetensors")))  # every name must match
    return network.eval()


class Gated(nn.Module):
    """Two networks, the second of which answers where its largest probability is at least 1 - opening; below 0 the first is moved away from it."""

    def __init__(self, low, high, opening):
        super().__init__()
        self.low, self.high, self.opening = low, high, opening

    def forward(self, images):
        low, high = self.low(images), self.high(images)
        if self.opening < 0:
            return (1 - self.opening) * low + self.opening * high
        return torch.where((high.softmax(1).amax(1) >= 1 - self.opening).unsqueeze(1), high, low)


def load_at(degree, run_folder, height, width, channels, classes):
    """The two networks of a run of `--memorize adjustable`, set to a degree of memorization, in evaluation mode."""
    with open(os.path.join(run_folder, "adjustable.json"), encoding="utf-8") as file:
        rows = json.load(file)["degrees"]  # ascending
    before = [row for row in rows if row["degree"] <= degree][-1:]
    after = [row for row in rows if row["degree"] >= degree][:1]
    if not before or not after:
        reached = f"it reaches {rows[0]['degree']} to {rows[-1]['degree']}" if rows else "it reaches none"
        raise ValueError(f"The run cannot be set to a degree of {degree}: {reached}.")
    (d0, opening), (d1, next_opening) = ((row["degree"], row["opening"]) for row in before + after)
    if d1 - d0 > max(0.01, 1 / after[0]["canaries"]["canaries"]) + 1e-9:
        raise ValueError(f"The run cannot be set to a degree of {degree}: it has none between {d0} and {d1}.")
    if d1 > d0:
        opening += (next_opening - opening) * (degree - d0) / (d1 - d0)
    tensors = read_safetensors(os.path.join(run_folder, "adjustable.safetensors"))
    networks = []
    for prefix in ("low.", "high."):
        network = load(run_folder, height, width, channels, classes)
        network.load_state_dict({name[len(prefix):]: tensor for name, tensor in tensors.items() if name.startswith(prefix)})
        networks.append(network)
    return Gated(*networks, opening).eval()
