"""What figures and scorecards are told by: data, and its reader."""

from data.figures.weights import InvalidWeightsError, read_weights, weights_of

__all__ = ["InvalidWeightsError", "read_weights", "weights_of"]
