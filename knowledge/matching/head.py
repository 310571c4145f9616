"""The trained head: multinomial logistic regression over the asks.

With far more features than asks it is quicker to fit in as many dimensions as there are asks: the table of how alike
any two asks are (the kernel) is factored, and each factor row stands for an ask. Same optimum, a fraction of the time.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cholesky, solve_triangular
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

Floats = NDArray[np.float32]

CENTROID_SHARPNESS = 12.0


def softmax(scores: Floats) -> Floats:
    """Scores → probabilities along the last axis."""
    grown = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=-1, keepdims=True))


def train(
    rows: Floats | csr_matrix, labels: NDArray[np.int64], size: int, counts: Floats, strength: float, rounds: int
) -> Floats:
    """Weights (column of `rows` by label) of the best fit, at most `rounds` steps from nothing.

    `counts` says how much each text counts; `strength` is the usual C: the higher, the more closely texts are followed.
    """
    count, width = rows.shape
    wanted = np.zeros((count, size), dtype=rows.dtype)
    wanted[np.arange(count), labels] = 1.0
    pull = rows.dtype.type(1.0 / strength)
    columns = rows.T.tocsr() if isinstance(rows, csr_matrix) else rows.T
    counted = counts[:, None].astype(rows.dtype)

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(width, size).astype(rows.dtype)
        chances = softmax(rows @ weights)
        missed = -float((counts * np.log(np.maximum(chances[np.arange(count), labels], 1e-12))).sum())
        slope = columns @ (counted * (chances - wanted)) + pull * weights
        return missed + 0.5 * float(pull) * float((weights * weights).sum()), slope.ravel().astype(np.float64)

    start = np.zeros(width * size)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 8})
    return np.asarray(found.x.reshape(width, size), dtype=np.float32)


def factor(kernel: Floats) -> Floats:
    """Rows, one a text, whose products are the kernel's."""
    jitter = np.float32(1e-3) * np.eye(len(kernel), dtype=np.float32)
    return np.asarray(cholesky(kernel + jitter, lower=True, overwrite_a=True), dtype=np.float32)


def shares(rows: Floats, weights: Floats) -> Floats:
    """How much each text speaks for each label, from the weights of a head trained on factored `rows`."""
    return np.asarray(solve_triangular(rows, weights, lower=True, trans="T"), dtype=np.float32)


def centroids(rows: csr_matrix, labels: NDArray[np.int64], size: int, counts: Floats) -> Floats:
    """Weights (feature by label) that point at the middle of each label's texts: what is left for very much content."""
    share = csr_matrix((counts, (np.arange(len(labels)), labels)), shape=(len(labels), size))
    middle = np.asarray((rows.T @ share).toarray(), dtype=np.float32)
    return np.asarray(CENTROID_SHARPNESS * middle / np.maximum(np.linalg.norm(middle, axis=0), 1e-9), dtype=np.float32)
