"""`inspector-train export`: writes a run's network as a model for the station."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def export(
    run: Annotated[Path, typer.Argument(help="A run's folder.")],
    out: Annotated[Path, typer.Option(help="The .onnx file to write.")],
    name: Annotated[
        str | None, typer.Option(help="For the model card; the product's if not given.")
    ] = None,
    version: Annotated[str, typer.Option(help="For the model card.")] = "1",
    data: Annotated[Path | None, typer.Option(help="Where the run's data is now.")] = None,
    false_rejects: Annotated[
        float, typer.Option(min=0.0, max=0.5, help="Share of good validation images rejected.")
    ] = 0.05,
) -> None:
    """Write one ONNX file with its card; refused unless it computes what was trained."""
    from training_cli.export import export_model

    card = export_model(
        run, out, name=name, version=version, data=data, false_rejects=false_rejects
    )
    size_mb = out.stat().st_size / 1e6
    typer.echo(f"{out}: {card.name} {card.version}, {size_mb:.1f} MB, parity holds")
