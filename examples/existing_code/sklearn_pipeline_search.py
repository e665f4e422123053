"""Recognizes handwritten digits with a pipeline of scikit-learn."""

import argparse

from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score, train_test_split
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.svm import SVC

import pyglove as pg

StandardScaler, MinMaxScaler, PCA = map(pg.wrap, (StandardScaler, MinMaxScaler, PCA))
LogisticRegression, SVC = map(pg.wrap, (LogisticRegression, SVC))
Neighbors, Trees = map(pg.wrap, (KNeighborsClassifier, ExtraTreesClassifier))
make_pipeline = pg.symbolize(make_pipeline)


def parse(arguments=None):
    """Reads the command line."""
    parser = argparse.ArgumentParser(description="Recognizes handwritten digits.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folds", type=int, default=5, help="of the training images")
    parser.add_argument("--trials", type=int, default=100)
    return parser.parse_args(arguments)


def load(seed):
    """Returns images and labels to train on, and those of the final test."""
    images, labels = load_digits(return_X_y=True)
    return train_test_split(
        images, labels, test_size=1 / 3, stratify=labels, random_state=seed
    )


def build_model(seed):
    """Returns the untrained pipeline."""
    pca = PCA(n_components=pg.intv(10, 60), random_state=seed)
    classifiers = [
        LogisticRegression(C=pg.floatv(0.01, 100.0, "log"), max_iter=1000),
        SVC(C=pg.floatv(0.1, 100.0, "log")),
        Neighbors(pg.intv(1, 10), weights=pg.oneof(["uniform", "distance"])),
        Trees(max_features=pg.floatv(0.05, 0.5), random_state=seed),
    ]
    return make_pipeline(
        pg.oneof([StandardScaler(), MinMaxScaler(), "passthrough"]),
        pg.oneof([pca, "passthrough"]),
        pg.oneof(classifiers),
    )


def validate(model, images, labels, args):
    """Returns the accuracy on images that were left out of the training."""
    folds = StratifiedKFold(args.folds, shuffle=True, random_state=args.seed)
    return cross_val_score(model, images, labels, cv=folds).mean()


def search(space, images, labels, args):
    """Returns the pipeline of a space that validates best, and its accuracy."""
    algorithm = pg.evolution.regularized_evolution(
        population_size=20, tournament_size=5, seed=args.seed
    )
    for build, feedback in pg.sample(space, algorithm, args.trials, name="digits"):
        feedback(validate(build(), images, labels, args))
    best = pg.poll_result("digits").best_trial
    return pg.materialize(space, best.dna)(), best.final_measurement.reward


def main(arguments=None):
    """Validates the pipeline, trains it on all training images and tests it."""
    args = parse(arguments)
    images, test_images, labels, test_labels = load(args.seed)

    model, accuracy = search(build_model(args.seed), images, labels, args)
    print(f"found: {model}")
    print(f"validation accuracy: {accuracy:.4f}")

    model.fit(images, labels)
    accuracy = model.score(test_images, test_labels)
    print(f"test accuracy: {accuracy:.4f} of {len(test_labels)} images")


if __name__ == "__main__":
    main()
