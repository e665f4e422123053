"""Recognizes handwritten digits with a convolutional network of PyTorch."""

import argparse
import copy

import torch
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch import nn
from torch.nn import functional
from torch.utils.data import DataLoader, Dataset

import pyglove as pg

CLASSES = 10
ReLU, SiLU = pg.wrap_module(nn, ["ReLU", "SiLU"])


class Digits(Dataset):
    """Images of 8 x 8 pixels with their labels; moved about a little in training."""

    def __init__(self, images, labels, max_shift=0):
        self.images = torch.tensor(images, dtype=torch.float32).view(-1, 1, 8, 8) / 16
        self.labels = torch.tensor(labels)
        self.max_shift = max_shift

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        image = self.images[index]
        if self.max_shift:
            shift = torch.randint(-self.max_shift, self.max_shift + 1, (2,)).tolist()
            image = torch.roll(image, shift, dims=(1, 2))
        return image, self.labels[index]


@pg.symbolize
class ConvBlock(nn.Module):
    """Convolution, normalization and activation."""

    def __init__(self, width, kernel_size=3, activation=None):
        super().__init__()
        self.conv = nn.LazyConv2d(width, kernel_size, padding="same", bias=False)
        self.norm = nn.BatchNorm2d(width)
        self.activation = activation or nn.ReLU()

    def forward(self, x):
        """Maps images to as many channels as the block is wide."""
        return self.activation(self.norm(self.conv(x)))


@pg.symbolize
class ResidualBlock(nn.Module):
    """Two convolutions, and a way around them (He et al., 2016)."""

    def __init__(self, width, kernel_size=3, activation=None):
        super().__init__()
        self.first = ConvBlock(width, kernel_size, activation)
        self.second = ConvBlock(width, kernel_size, nn.Identity())
        self.shortcut = nn.LazyConv2d(width, 1)
        self.activation = activation or nn.ReLU()

    def forward(self, x):
        """Maps images to as many channels as the block is wide."""
        return self.activation(self.shortcut(x) + self.second(self.first(x)))


@pg.symbolize
class DigitNet(nn.Module):
    """Blocks, each at half the resolution of the one before, and a linear layer."""

    def __init__(self, blocks, dropout=0.0):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)
        self.dropout = nn.Dropout(dropout)
        self.head = nn.LazyLinear(CLASSES)

    def forward(self, x):
        """Maps images to a number for each digit, the largest for the likeliest."""
        for block in self.blocks:
            x = functional.max_pool2d(block(x), 2)
        return self.head(self.dropout(x.flatten(1)))


def build_model():
    """Returns the untrained network."""
    options = (pg.oneof([8, 16, 32]), pg.oneof([3, 5]), pg.oneof([ReLU(), SiLU()]))
    block = pg.oneof([ConvBlock(*options), ResidualBlock(*options)])
    return DigitNet(
        blocks=pg.oneof([[block] * 2, [block] * 3]),
        dropout=pg.floatv(0.0, 0.5),
    )


def load(seed):
    """Returns the images to train on, to validate on, and of the final test."""
    images, labels = load_digits(return_X_y=True)
    images, test_images, labels, test_labels = train_test_split(
        images, labels, test_size=1 / 3, stratify=labels, random_state=seed
    )
    images, valid_images, labels, valid_labels = train_test_split(
        images, labels, test_size=1 / 2, stratify=labels, random_state=seed
    )
    return (
        Digits(images, labels, max_shift=1),
        Digits(valid_images, valid_labels),
        Digits(test_images, test_labels),
    )


def train_epoch(model, loader, optimizer, schedule):
    """Shows the network each image once."""
    model.train()
    for images, labels in loader:
        loss = functional.cross_entropy(model(images), labels, label_smoothing=0.1)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()


@torch.no_grad()
def evaluate(model, dataset):
    """Returns the share of images whose digit the network recognizes."""
    model.eval()
    correct = 0
    for images, labels in DataLoader(dataset, batch_size=256):
        correct += (model(images).argmax(dim=1) == labels).sum().item()
    return correct / len(dataset)


def train(model, train_set, valid_set, args):
    """Trains the network, and returns its accuracy in its best epoch."""
    loader = DataLoader(train_set, args.batch_size, shuffle=True, drop_last=True)
    model(train_set.images[:1])  # Lets the layers see the sizes of their inputs.
    optimizer = torch.optim.AdamW(model.parameters(), weight_decay=args.weight_decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, args.learning_rate, epochs=args.epochs, steps_per_epoch=len(loader)
    )
    best_accuracy, best_weights = -1.0, None
    for _ in range(args.epochs):
        train_epoch(model, loader, optimizer, schedule)
        accuracy = evaluate(model, valid_set)
        if accuracy > best_accuracy:
            best_accuracy = accuracy
            best_weights = copy.deepcopy(model.state_dict())
    model.load_state_dict(best_weights)
    return best_accuracy


def search(space, train_set, valid_set, args):
    """Returns the network of a space that validates best, and its accuracy."""
    algorithm = pg.evolution.regularized_evolution(
        population_size=10, tournament_size=4, seed=args.seed
    )
    best_model, best_accuracy = None, -1.0
    for model, feedback in pg.sample(space, algorithm, args.trials):
        accuracy = train(model, train_set, valid_set, args)
        feedback(accuracy)
        if accuracy > best_accuracy:
            best_model, best_accuracy = model, accuracy
    return best_model, best_accuracy


def parse(arguments=None):
    """Reads the command line."""
    parser = argparse.ArgumentParser(description="Recognizes handwritten digits.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--learning-rate", type=float, default=0.01)
    parser.add_argument("--weight-decay", type=float, default=0.01)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--trials", type=int, default=25)
    return parser.parse_args(arguments)


def main(arguments=None):
    """Trains the network and tests it."""
    args = parse(arguments)
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    train_set, valid_set, test_set = load(args.seed)

    model, accuracy = search(build_model(), train_set, valid_set, args)
    print(f"found: {model!r}")
    print(f"validation accuracy: {accuracy:.4f}")
    accuracy = evaluate(model, test_set)
    print(f"test accuracy: {accuracy:.4f} of {len(test_set)} images")


if __name__ == "__main__":
    main()
