"""Wrapped classes of scikit-learn and PyTorch remain what these expect them to be."""

import copy
import pickle

import pytest

import pyglove as pg


@pytest.fixture(scope="module")
def digits():
    datasets = pytest.importorskip("sklearn.datasets")
    return datasets.load_digits(n_class=3, return_X_y=True)


def test_an_estimator_is_cloned_validated_and_copied(digits):
    from sklearn.base import clone, is_classifier
    from sklearn.model_selection import cross_val_score
    from sklearn.tree import DecisionTreeClassifier

    tree_class = pg.wrap(DecisionTreeClassifier)
    tree = tree_class(max_depth=3, random_state=1)
    assert is_classifier(tree)
    assert type(clone(tree)) is tree_class
    assert clone(tree).get_params() == tree.get_params()
    assert cross_val_score(tree, *digits, cv=2).mean() > 0.8
    tree.fit(*digits)
    for duplicate in (copy.deepcopy(tree), pickle.loads(pickle.dumps(tree))):
        assert type(duplicate) is tree_class
        assert duplicate.score(*digits) == tree.score(*digits)
        assert pg.eq(duplicate, tree)


def test_a_pipeline_takes_parameters_of_its_steps(digits):
    from sklearn.base import clone
    from sklearn.decomposition import PCA
    from sklearn.pipeline import Pipeline
    from sklearn.tree import DecisionTreeClassifier

    pca, tree, pipeline = map(pg.wrap, (PCA, DecisionTreeClassifier, Pipeline))
    space = pipeline(
        [["reduce", pca(pg.oneof([2, 4]))], ["classify", tree(random_state=1)]]
    )
    first, second = pg.iter(space)
    assert first.fit(*digits)[0].components_.shape == (2, 64)
    second.set_params(classify__max_depth=1)
    cloned = clone(second).fit(*digits)
    assert cloned[0].components_.shape == (4, 64)
    assert cloned[-1].get_depth() == 1


def test_a_module_trains_and_is_copied_with_its_weights():
    torch = pytest.importorskip("torch")
    nn = torch.nn
    linear, sequential, relu = pg.wrap_module(nn, ["Linear", "Sequential", "ReLU"])
    net = sequential(linear(2, 3), relu(), linear(3, 1))
    names = ["0.weight", "0.bias", "2.weight", "2.bias"]
    assert isinstance(net, nn.Sequential)
    assert [name for name, _ in net.named_parameters()] == names
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    x = torch.ones(4, 2)
    before = net(x).detach()
    net(x).pow(2).mean().backward()
    optimizer.step()
    assert not torch.equal(net(x), before)
    for duplicate in (copy.deepcopy(net), pickle.loads(pickle.dumps(net))):
        assert torch.equal(duplicate(x), net(x))
        assert [name for name, _ in duplicate.named_parameters()] == names
        assert duplicate[0] is duplicate.sym_init_args.args[0]
        with torch.no_grad():
            duplicate[0].weight.zero_()
        assert net[0].weight.any()
    assert not torch.equal(net.clone()(x), net(x))
    net.clone().load_state_dict(net.state_dict())


def test_each_trial_has_weights_of_its_own():
    torch = pytest.importorskip("torch")
    nn = torch.nn
    linear, sequential = pg.wrap_module(nn, ["Linear", "Sequential"])

    @pg.symbolize
    class Net(nn.Module):
        def __init__(self, body, width):
            super().__init__()
            self.body = body
            self.head = nn.LazyLinear(width)

        def forward(self, x):
            return self.head(self.body(x))

    space = Net(sequential(linear(2, 2)), width=pg.oneof([1, 3]))
    nets = list(pg.iter(space))
    x = torch.ones(4, 2)
    assert [tuple(net(x).shape) for net in nets] == [(4, 1), (4, 3)]
    first, second = (net.body[0].weight for net in nets)
    assert first.data_ptr() != second.data_ptr()
    assert torch.equal(copy.deepcopy(nets[0])(x), nets[0](x))


def test_modules_take_detours():
    nn = pytest.importorskip("torch").nn

    def no_bias(cls, *args, **kwargs):
        return cls(*args, **kwargs, bias=False)

    with pg.detour([(nn.ReLU, nn.GELU), (nn.Linear, no_bias)]):
        net = nn.Sequential(nn.Linear(2, 3), nn.ReLU())
    assert net[0].bias is None
    assert type(net[1]) is nn.GELU
    assert nn.Linear(2, 3).bias is not None
    assert [name for name, _ in net.named_parameters()] == ["0.weight"]
