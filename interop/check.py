"""Compares a run's logits with those of the same weights in PyTorch.

    python3 interop/check.py RUN_FOLDER EXAMPLES.safetensors [DEGREE]

EXAMPLES holds `pixels` [N, H, W, C] (0 to 255, cropped, not whitened), `logits` [N, K] as Rote computes them in float32, and perhaps
`logits_bfloat16`; DEGREE is the degree of memorization that they are of, where the run has two networks. Prints one line for each. Exit
code 1 if float32 logits differ by more than 1e-5 of the largest logit.
"""

import sys

import torch

import rote_networks

TOLERANCE = 1e-5


def compare(name, found, expected):
    scale = expected.abs().max().item()
    difference = (found - expected).abs().max().item()
    others = (found.argmax(1) != expected.argmax(1)).sum().item()
    print(f"{name}: largest difference {difference:.2e}, {difference / scale:.2e} of the largest logit ({scale:.3g}); "
          f"{others} of {len(expected)} predictions differ")
    return difference / scale


def main(run_folder, examples, degree=None):
    examples = rote_networks.read_safetensors(examples)
    pixels, logits = examples["pixels"], examples["logits"]
    sizes = (*pixels.shape[1:], logits.shape[1])
    network = rote_networks.load(run_folder, *sizes) if degree is None else rote_networks.load_at(float(degree), run_folder, *sizes)
    with torch.no_grad():
        expected = network(rote_networks.whiten(pixels))
    worst = compare("float32", logits, expected)
    if "logits_bfloat16" in examples:
        compare("bfloat16", examples["logits_bfloat16"], expected)
    return 0 if worst <= TOLERANCE else 1


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
