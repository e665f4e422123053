"""Searches for a better network within `torch_digits.py`, which stays as it is.

Where that program creates a block or an activation, a detour makes a choice. Choices
are found by running the program once, and decided each time that it runs again.
"""

import argparse

import torch
import torch_digits
from torch import nn
from torch_digits import ConvBlock, ResidualBlock

import pyglove as pg


def choose_block(cls, width):
    """Takes the place of `ConvBlock(width)`."""
    block = pg.oneof([cls, ResidualBlock])
    return block(width * pg.oneof([1, 2]), kernel_size=pg.oneof([3, 5]))


def choose_activation(cls):
    """Takes the place of `nn.ReLU()`: one kind of activation in the whole network."""
    return pg.oneof([cls, nn.SiLU], name="activation")()


def build_model():
    """Returns the untrained network of `torch_digits`, with detours."""
    detours = [(ConvBlock, choose_block), (nn.ReLU, choose_activation)]
    with pg.detour(detours):
        return torch_digits.build_model()


def search(train_set, valid_set, args, trials):
    """Returns the network that validates best, and its accuracy."""
    algorithm = pg.evolution.regularized_evolution(
        population_size=10, tournament_size=4, seed=args.seed
    )
    best_model, best_accuracy = None, -1.0
    for decide, feedback in pg.sample(pg.hyper.trace(build_model), algorithm, trials):
        with decide():
            model = build_model()
        accuracy = torch_digits.train(model, train_set, valid_set, args)
        feedback(accuracy)
        if accuracy > best_accuracy:
            best_model, best_accuracy = model, accuracy
    return best_model, best_accuracy


def main(arguments=None):
    """Finds a network and tests it."""
    parser = argparse.ArgumentParser(description="Recognizes handwritten digits.")
    parser.add_argument("--trials", type=int, default=20)
    own, others = parser.parse_known_args(arguments)
    args = torch_digits.parse(others)
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    train_set, valid_set, test_set = torch_digits.load(args.seed)

    model, accuracy = search(train_set, valid_set, args, own.trials)
    print("found:", *[type(block).__name__ for block in model.blocks])
    print(f"validation accuracy: {accuracy:.4f}")
    accuracy = torch_digits.evaluate(model, test_set)
    print(f"test accuracy: {accuracy:.4f} of {len(test_set)} images")


if __name__ == "__main__":
    main()
