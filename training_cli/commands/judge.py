"""`inspector-train judge`: an acceptance run of a model over a rendered kit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Put a rendered kit through a model.", no_args_is_help=True)


@app.command()
def vial(
    model: Annotated[Path, typer.Argument(help="A scorer of strips, as exported.")],
    out: Annotated[Path, typer.Option(help="Folder for kit.csv, judgements.jsonl and pictures.")],
    seed: Annotated[int, typer.Option(min=0, help="Of the kit: one never fitted on.")],
    frames: Annotated[str, typer.Option(help="Numbers of the frames in use.")] = "0,7,15",
    defective: Annotated[int, typer.Option(min=1, help="Strips.")] = 141,
    good: Annotated[int, typer.Option(min=1, help="Strips.")] = 120,
    runs: Annotated[int, typer.Option(min=1, help="How often each strip is judged.")] = 10,
    workers: Annotated[int, typer.Option(min=1, help="Strips judged at a time.")] = 2,
) -> None:
    """Judge rendered strips so many times each; `qualify` takes what is written.

    Pictures are of the strips that were judged wrong in more than 3 of 10 runs: the defect in
    blue, what was found in orange.
    """
    from rich.progress import track

    from training_cli.commands.fit import frame_numbers
    from training_cli.qualification.figures import is_seven_of_ten
    from training_cli.qualification.judgements import write_judgements
    from training_cli.qualification.kit import write_kit
    from training_cli.scorer.acceptance import (
        judged,
        open_scorer,
        rendered_kit,
        truth_of,
        write_picture,
    )

    scorer = open_scorer(model, frame_numbers(frames))
    strips = rendered_kit(defective, good, seed)
    kit = truth_of(strips)
    answers = list(
        track(judged(scorer, strips, runs, workers), "Judging", total=len(strips) * runs)
    )
    write_kit(out / "kit.csv", kit)
    write_judgements(out / "judgements.jsonl", answers)
    right = dict.fromkeys((strip.name for strip in strips), 0)
    for answer, strip in zip(answers, (s for s in strips for _ in range(runs)), strict=True):
        right[strip.name] += answer.is_rejected == (strip.label is not None)
    wrong = [strip for strip in strips if not is_seven_of_ten(right[strip.name], runs)]
    for strip in wrong:
        write_picture(strip, scorer, out / "pictures")
    typer.echo(f"{out}: {len(strips)} strips, {runs} runs, {len(wrong)} not well classified")
