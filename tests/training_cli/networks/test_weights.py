from __future__ import annotations

from pathlib import Path

import pytest
import timm
import torch
from safetensors.torch import save_file

from training_cli.errors import UsageError, UserError
from training_cli.networks.weights import encoder_weights, matched_by_order

ENCODER = "tf_efficientnet_lite0"


def test_the_packages_tensors_are_those_of_timm_under_other_names() -> None:
    weights = encoder_weights(ENCODER, "lite0")
    assert weights is not None
    timm.create_model(ENCODER).load_state_dict(weights)  # strict: every name and shape
    assert float(weights["conv_stem.weight"].std()) > 0


def test_other_shapes_are_not_matched() -> None:
    stored = {"a": torch.zeros(2, 3), "b": torch.zeros(4)}
    assert list(matched_by_order(stored, {"x": torch.ones(2, 3), "y": torch.ones(4)})) == ["x", "y"]
    for other in ({"x": torch.ones(2, 3)}, {"x": torch.ones(4), "y": torch.ones(2, 3)}):
        with pytest.raises(UserError, match="numbers or shapes differ"):
            matched_by_order(stored, other)


@pytest.mark.parametrize("suffix", [".pth", ".safetensors"])
def test_a_users_file_is_loaded(tmp_path: Path, suffix: str) -> None:
    state = timm.create_model("mobilenetv2_035").state_dict()
    path = tmp_path / f"mine{suffix}"
    if suffix == ".pth":
        torch.save(state, path)
    else:
        save_file(state, path)
    loaded = encoder_weights("mobilenetv2_035", str(path))
    assert loaded is not None
    assert loaded.keys() == state.keys()
    assert all(torch.equal(loaded[name], tensor) for name, tensor in state.items())


def test_no_weights_means_a_random_start() -> None:
    assert encoder_weights(ENCODER, "none") is None


def test_files_that_hold_no_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is no file"):
        encoder_weights(ENCODER, str(tmp_path / "nothing.pth"))
    damaged = tmp_path / "damaged.pth"
    damaged.write_bytes(b"not a checkpoint")
    with pytest.raises(UserError, match="holds no weights that can be read"):
        encoder_weights(ENCODER, str(damaged))


def test_the_packages_weights_are_for_its_encoder_only() -> None:
    with pytest.raises(UsageError, match="choose that encoder"):
        encoder_weights("resnet18", "lite0")


def test_a_hub_out_of_reach_is_said_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def offline(*args: object, **kwargs: object) -> None:
        raise OSError("network is unreachable\nand more")

    monkeypatch.setattr(timm, "create_model", offline)
    with pytest.raises(UserError, match=r"timm's hub \(network is unreachable\)"):
        encoder_weights("resnet18", "hub")
