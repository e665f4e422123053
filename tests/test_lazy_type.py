"""Classes of packages that are loaded when documents name them."""

import importlib
import subprocess
import sys

from pyglove._lazy_type import LAZY_TYPES, lazy_type_names
from pyglove.utils.serialization.json_type import TYPE_REGISTRY


def test_the_lists_name_what_the_packages_register():
    for package in LAZY_TYPES:
        importlib.import_module(f"pyglove.{package}")
    for package in LAZY_TYPES:
        listed = lazy_type_names(package)
        registered = [
            name
            for name, cls in TYPE_REGISTRY.items()
            if f"{cls.__module__}.".startswith(f"pyglove.{package}.")
        ]
        assert sorted(listed) == sorted(registered)


def test_a_name_loads_its_package_and_nothing_else():
    program = (
        "import sys; import pyglove as pg; before = set(sys.modules)\n"
        "for name in ('pyglove.bayesian.nothing', 'pyglove.evolution', "
        "'pyglove.ext.scalars.base.os'):\n"
        "  try: pg.from_json({'_type': name})\n"
        "  except TypeError: pass\n"
        "assert set(sys.modules) == before\n"
        "pg.from_json({'_type': 'pyglove.ext.scalars.base.Constant', 'value': 1})\n"
        "assert 'pyglove.scalars' in sys.modules\n"
        "assert 'pyglove.evolution' not in sys.modules and 'numpy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
