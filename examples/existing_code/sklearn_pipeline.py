"""Recognizes handwritten digits with a pipeline of scikit-learn."""

import argparse

from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def parse(arguments=None):
    """Reads the command line."""
    parser = argparse.ArgumentParser(description="Recognizes handwritten digits.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folds", type=int, default=5, help="of the training images")
    return parser.parse_args(arguments)


def load(seed):
    """Returns images and labels to train on, and those of the final test."""
    images, labels = load_digits(return_X_y=True)
    return train_test_split(
        images, labels, test_size=1 / 3, stratify=labels, random_state=seed
    )


def build_model(seed):
    """Returns the untrained pipeline."""
    return make_pipeline(
        StandardScaler(),
        PCA(n_components=30, random_state=seed),
        LogisticRegression(C=1.0, max_iter=1000),
    )


def validate(model, images, labels, args):
    """Returns the accuracy on images that were left out of the training."""
    folds = StratifiedKFold(args.folds, shuffle=True, random_state=args.seed)
    return cross_val_score(model, images, labels, cv=folds).mean()


def main(arguments=None):
    """Validates the pipeline, trains it on all training images and tests it."""
    args = parse(arguments)
    images, test_images, labels, test_labels = load(args.seed)

    model = build_model(args.seed)
    accuracy = validate(model, images, labels, args)
    print(f"validation accuracy: {accuracy:.4f}")

    model.fit(images, labels)
    accuracy = model.score(test_images, test_labels)
    print(f"test accuracy: {accuracy:.4f} of {len(test_labels)} images")


if __name__ == "__main__":
    main()
