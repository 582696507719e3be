"""The look of the page: on a screen, and printed on A4."""

from __future__ import annotations

from string import Template

from training_cli.qualification import colours

_CSS = Template("""
* { box-sizing: border-box; }
body { margin: 0; background: $ground; color: $text; font: 14px/1.45 system-ui, "Segoe UI",
  "Liberation Sans", Arial, sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 1120px; margin: 0 auto; padding: 32px 24px 48px; }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 4px; font-weight: 600; }
h2 { font-size: 18px; margin: 36px 0 12px; font-weight: 600; }
p { margin: 0 0 8px; }
.quiet { color: $quiet; font-size: 12px; }
.panel { background: $raised; border: 1px solid $line; border-radius: 6px; padding: 16px 20px; }
.verdict { display: flex; align-items: center; margin: 20px 0 16px; padding: 0; overflow: hidden; }
.verdict .word { flex: none; width: 260px; padding: 24px 16px; text-align: center; color: #fff;
  font-size: 22px; font-weight: 700; line-height: 1.2; align-self: stretch; }
.verdict .word span { display: block; font-size: 40px; line-height: 1.1; }
.verdict .said { padding: 16px 24px; max-width: 90ch; }
.verdict .said p:last-child { margin: 0; }
.yes { background: $passed; } .no { background: $rejected; } .open { background: $quiet; }
.row { display: flex; flex-wrap: wrap; margin: 0 -6px; }
.row > * { margin: 0 6px 12px; }
.figure { flex: 1 1 200px; }
.figure b { display: block; font-size: 28px; font-weight: 600; line-height: 1.25; }
.plot { flex: 1 1 auto; margin-bottom: 12px; }
.plot img { display: block; margin: 0 auto; max-width: 100%; height: auto; }
.plot p { margin: 8px 0 0; width: 0; min-width: 100%; }
.table { overflow-x: auto; margin-bottom: 12px; padding: 4px 0; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: 7px 16px; text-align: right; white-space: nowrap; }
th { font-weight: 600; font-size: 12px; color: $quiet; border-bottom: 1px solid $line; }
th:first-child, td:first-child { text-align: left; white-space: normal; }
tr + tr td { border-top: 1px solid $ground; }
.part { width: 256px; padding: 0; overflow: hidden; }
.part img, .part .none { display: block; width: 100%; height: 160px; object-fit: contain;
  background: #1E2226; }
.part .none { color: #9AA5AF; font-size: 12px; text-align: center; line-height: 160px; }
.part div { padding: 10px 14px 12px; border-left: 4px solid $line; }
.part .defective { border-left-color: $rejected; } .part .good { border-left-color: $passed; }
.part b { display: block; overflow-wrap: anywhere; }
ul { margin: 0; padding-left: 20px; } li { margin: 0 0 6px; max-width: 100ch; }
code { font: 12px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
@page { size: A4; margin: 14mm; }
@media print {
  body { background: #fff; font-size: 11px; } main { padding: 0; max-width: none; }
  h2 { font-size: 14px; margin: 20px 0 8px; break-after: avoid; }
  .quiet, th, code { font-size: 10px; } .figure, .plot { padding: 10px 12px; }
  .table { overflow: visible; padding: 2px 0; } th, td { padding: 4px 7px; font-size: 10px; }
  .verdict .word { width: 180px; padding: 16px 8px; font-size: 16px; }
  .figure { flex-basis: 120px; } .figure b { font-size: 18px; }
  .plot { flex-basis: 260px; } .plot:nth-child(3) { flex-basis: 100%; }
  .part { width: 23%; } .part img, .part .none { height: 110px; }
  .panel, tr { break-inside: avoid; }
  .word, .part div { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
""")

CSS = _CSS.substitute(
    ground=colours.GROUND,
    raised=colours.RAISED,
    text=colours.TEXT,
    quiet=colours.QUIET,
    line=colours.LINE,
    passed=colours.PASSED,
    rejected=colours.REJECTED,
)
