"""Saves an SDXL inpainting pipeline that is all there and knows nothing: random weights, 2 MB."""

from __future__ import annotations

import json
import string
from pathlib import Path

import torch

WORDS = 16
"""Pieces of words that its text encoders read."""
FEATURES = 32
TIME = 8


def save_tiny_pipeline(folder: Path) -> None:
    from diffusers import (
        AutoencoderKL,
        EulerDiscreteScheduler,
        StableDiffusionXLInpaintPipeline,
        UNet2DConditionModel,
    )
    from diffusers.utils import logging
    from transformers.utils import logging as transformers_logging

    logging.disable_progress_bar()
    transformers_logging.disable_progress_bar()
    torch.manual_seed(0)
    tokenizer = _tokenizer(folder)
    first, second = _text_encoders(tokenizer)
    vae = AutoencoderKL(
        block_out_channels=(16,) * 4,
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        latent_channels=4,
        norm_num_groups=8,
        sample_size=64,
    )
    unet = UNet2DConditionModel(
        in_channels=9,  # noise, mask, and the masked picture
        out_channels=4,
        block_out_channels=(16, 32),
        layers_per_block=1,
        norm_num_groups=8,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        attention_head_dim=(2, 4),
        use_linear_projection=True,
        transformer_layers_per_block=(1, 1),
        addition_embed_type="text_time",
        addition_time_embed_dim=TIME,
        projection_class_embeddings_input_dim=6 * TIME + FEATURES,
        cross_attention_dim=2 * FEATURES,
        sample_size=8,
    )
    StableDiffusionXLInpaintPipeline(
        vae=vae,
        unet=unet,
        text_encoder=first,
        text_encoder_2=second,
        tokenizer=tokenizer,
        tokenizer_2=tokenizer,
        scheduler=EulerDiscreteScheduler(beta_schedule="scaled_linear"),
        add_watermarker=False,
    ).save_pretrained(folder)


def _tokenizer(folder: Path):
    """Reads letter by letter."""
    from transformers import CLIPTokenizer

    letters = [*string.ascii_lowercase, ",", "-", "…"]
    pieces = [
        *letters,
        *(f"{letter}</w>" for letter in letters),
        "<|startoftext|>",
        "<|endoftext|>",
    ]
    words = folder.parent / "words"
    words.mkdir()
    (words / "vocab.json").write_text(json.dumps({piece: i for i, piece in enumerate(pieces)}))
    (words / "merges.txt").write_text("#version: 0.2\n")
    return CLIPTokenizer(
        str(words / "vocab.json"), str(words / "merges.txt"), model_max_length=WORDS
    )


def _text_encoders(tokenizer):
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

    config = CLIPTextConfig(
        vocab_size=len(tokenizer),
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        hidden_size=FEATURES,
        intermediate_size=FEATURES,
        projection_dim=FEATURES,
        num_attention_heads=4,
        num_hidden_layers=2,
        max_position_embeddings=WORDS,
    )
    return CLIPTextModel(config), CLIPTextModelWithProjection(config)
