"""The new folder's own README, for whoever makes the report each year."""

README = """\
# A housing complaints report

This folder holds one year's report. Nothing in it is typed twice: every number in the report is
worked out from the exports.

| here | what it is |
|---|---|
| `report.toml` | the settings, each explained beside it |
| `profile.toml` | what the exports call things; lines that begin with # are for you to decide |
| `exports/` | the case system's files, just as they were exported |
| `text/` | what people write: the foreword, the governing body's response |
| `corrections.csv` | cells to put right, if there are any (see below) |
| `output/` | what `hcreport build` makes |

## Each time

1. Put the new exports into `exports/`, under the same names. Do not open and save them in Excel.
2. Run `hcreport check` in this folder. It says what is wrong, where, and what to do.
3. Mend it: in the case system if you can, then export again; else in `corrections.csv`.
4. Set `data_as_at` in `report.toml` to the day of the export.
5. Run `hcreport build`, and read `output/report.docx` and `output/summary.docx` through.

## Texts

Each file in `text/` begins with a comment that says what belongs there. Write below it. Figures are
placeholders, such as `{{ stage1.received }}`: they turn into the number of the day. A text that
nobody has written is printed as not supplied.

## What the cover and the tables ask for

`[landlord]`, `[details]`, `[deadlines]` and `[ombudsman]` in `report.toml` hold what no export
knows. What is not given there is printed as not supplied, and `hcreport check` lists it.

## Correcting a cell

Never edit an export. Write a line into `corrections.csv`, with these headings:

    file,row,reference,stage,field,old,new,reason,by
    log.csv,14,,,responded_on,13/06/2042,13/06/2024,Year mistyped,Complaints Manager
    ,,0123,stage2,outcome,Upheld,Not upheld,Decision letter,Complaints Manager

A line names its cell by `file` and `row`, as Excel numbers rows, or by `reference` and `stage`
(`stage1`, `stage2`). `field` is our name for the column, as in `profile.toml`. `old` is what the
cell says now, and blank for a blank cell; once the export says something else, `hcreport check`
refuses the line. `by` is a role, not a name. The report lists the fields that were corrected,
and why.

## Never publish

- `exports/` and `corrections.csv`: they hold residents' cases.
- `output/internal/`: it names case references, rows and what their cells say.

`report.docx`, `summary.docx`, `annex.xlsx`, `figures.json` and the charts hold no reference, no
name and no cell of free text. Read them all the same before they go out: the texts are people's own
words.
"""
