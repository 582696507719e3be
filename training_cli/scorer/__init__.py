"""The vial scorer's trainer: patches of good parts in, a generative network and thresholds out."""
