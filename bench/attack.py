"""Is the likelihood-ratio attack computed right on trained networks? The same again, from nothing but their logits.

    bench/run attack-logits LOGITS.safetensors RUN ...
    python3 bench/attack.py LOGITS.safetensors

RUN are the networks of one degree of `rote frontier --attack`. What this shares with Rote is the logits and who was trained on what: confidences, means,
spreads, densities and areas are loops over the definitions of Carlini et al. 2022, algorithm 1 (online, one spread for members and one for others).
"""

import math
import pathlib
import sys

import numpy

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "interop"))
import rote_networks


def confidence(logits, label):
    """log(p / (1 - p)) of the label's probability p."""
    largest = max(logits)
    weights = [math.exp(value - largest) for value in logits]
    others = sum(weight for k, weight in enumerate(weights) if k != label)
    return (logits[label] - largest) - math.log(others)


def spread(groups):
    """One standard deviation within groups, over all groups of two and more."""
    squares = sum((value - sum(some) / len(some)) ** 2 for some in groups if len(some) > 1 for value in some)
    return math.sqrt(squares / sum(len(some) - 1 for some in groups if len(some) > 1))


def area(members, others):
    """The share of pairs in which the member has the higher score; half of those that are level."""
    members, others = numpy.array(members)[:, None], numpy.array(others)[None, :]
    return float((members > others).mean() + (members == others).mean() / 2)


def main(path):
    tensors = {name: tensor.numpy() for name, tensor in rote_networks.read_safetensors(path).items()}
    logits, labels, member, canary = tensors["logits"].astype(float), tensors["labels"], tensors["member"] > 0, tensors["canary"] > 0
    networks, examples = member.shape
    said = [[confidence(list(logits[k, i]), int(labels[i])) for i in range(examples)] for k in range(networks)]
    areas = {"all but canaries": [], "canaries": []}
    for target in range(networks):
        inside = [[said[k][i] for k in range(networks) if k != target and member[k, i]] for i in range(examples)]
        outside = [[said[k][i] for k in range(networks) if k != target and not member[k, i]] for i in range(examples)]
        width_in, width_out = spread(inside), spread(outside)
        scores = {}
        for i in range(examples):
            if len(inside[i]) > 1 and len(outside[i]) > 1:
                near, far = sum(inside[i]) / len(inside[i]), sum(outside[i]) / len(outside[i])
                density = lambda mean, width: math.exp(-((said[target][i] - mean) / width) ** 2 / 2) / width
                scores[i] = math.log(density(near, width_in) + 1e-300) - math.log(density(far, width_out) + 1e-300)
        for name, wanted in (("all but canaries", False), ("canaries", True)):
            own = [score for i, score in scores.items() if canary[i] == wanted and member[target, i]]
            far = [score for i, score in scores.items() if canary[i] == wanted and not member[target, i]]
            areas[name].append(area(own, far))
    for name, some in areas.items():
        print(f"{name}: area {numpy.mean(some):.4f}, of {networks} networks {min(some):.4f} to {max(some):.4f}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
