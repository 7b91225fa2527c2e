"""What can be wrong with a file or a cell, as rules. The records themselves: ``checks``."""

from hcreport.problems import Rule, Severity

NO_SHEET = Rule(
    "R102",
    Severity.ERROR,
    "The sheet is not in the workbook",
    "Name the right sheet in the source's sheet setting in profile.toml.",
)
NO_HEADING = Rule(
    "R103",
    Severity.ERROR,
    "A heading is not in the file",
    "Give the heading as the file has it in profile.toml, or set the field to false there.",
)
TWICE_HEADED = Rule(
    "R104",
    Severity.ERROR,
    "A heading stands in the file twice",
    "Rename one of the two columns in the export, so that it is clear which one counts.",
)
NOT_A_TABLE = Rule(
    "R105",
    Severity.ERROR,
    "The file cannot be read as a table",
    "Open it and save it again as an Excel workbook (.xlsx) or CSV.",
)
RAGGED = Rule(
    "R106",
    Severity.ERROR,
    "A row has more or fewer cells than there are headings",
    "Look for a comma or a line break in a cell without quotation marks, and export again.",
)
NO_RECORDS = Rule(
    "R107",
    Severity.ERROR,
    "The file holds no rows",
    "Check that the export ran for the right dates, and export again.",
)

NO_OPTIONAL_FILE = Rule(
    "R108",
    Severity.WARNING,
    "A file that the profile names was not found",
    "Put the file there, or take its source out of profile.toml; the report says what is missing.",
)

SAME_FILE = Rule(
    "R109",
    Severity.ERROR,
    "The same file stands there twice",
    "Take one of the two away: every row in it would be counted twice.",
)
NOT_NAMED = Rule(
    "R110",
    Severity.ERROR,
    "The profile gives no heading for a field that is needed",
    "Give its heading in profile.toml; docs/profiles.md says what each table needs.",
)

HIDDEN_ROWS = Rule(
    "R111",
    Severity.ERROR,
    "Rows with something in them are hidden",
    "Show them, or delete what does not belong; or set read_hidden = true in profile.toml.",
)

OLD_KIND = Rule(
    "R112",
    Severity.WARNING,
    "A file of this kind does not show its errors and hidden rows",
    "Look for them, or save the file as .xlsx, where they are found: here they read as blanks.",
)

HIDDEN_COLUMN = Rule(
    "R113",
    Severity.WARNING,
    "A column that is read is hidden",
    "Show it and look at it; it is read all the same, because the profile names it.",
)
HIDDEN_SHEET = Rule(
    "R114",
    Severity.NOTE,
    "A workbook has hidden sheets, which are not read",
    "Nothing, if they are lists the system keeps; to read one, name it in the source's sheet.",
)
OTHER_TOTAL = Rule(
    "R115",
    Severity.WARNING,
    "A total in the file is not what its rows add up to",
    "Find out which rows are missing or too many, or whether the total is of something else.",
)
NO_COMPLAINT = Rule(
    "R116",
    Severity.WARNING,
    "A row that adds to a complaint has none to add to",
    "Check the reference, or add the export that holds the complaint; the row is not used.",
)
WHICH_STAGE = Rule(
    "R117",
    Severity.ERROR,
    "It is not clear which stage a row is about",
    "Map the row's stage, or give the source one, in profile.toml: the case has both stages.",
)
PARENT_CIRCLE = Rule(
    "R118",
    Severity.ERROR,
    "A case is its own parent, directly or by others",
    "Correct the parent case in the case system and export again.",
)
CHANGED_HEADINGS = Rule(
    "R119",
    Severity.WARNING,
    "The headings are not those of last year's export",
    "Check that each column still means what it meant; then nothing more is needed.",
)
CHANGED_VALUES = Rule(
    "R120",
    Severity.NOTE,
    "A column's values are not those of last year's export",
    "Check that nothing was renamed: figures by this field may not compare with last year's.",
)

UNREAD_FILE = Rule(
    "R121",
    Severity.WARNING,
    "A file stands among the exports and nothing reads it",
    "Name it in the files of a source in profile.toml, or take it away.",
)
BROKEN_FORM = Rule(
    "R122",
    Severity.ERROR,
    "A part of the self-assessment form cannot be placed",
    "Give each table of the form the same headings, and each provision's first row its number.",
)

NOT_A_DATE = Rule(
    "D101",
    Severity.ERROR,
    "A date cannot be read",
    "Correct the cell, or add the format to the source's dates in profile.toml.",
)
OUTLANDISH_DATE = Rule(
    "D102",
    Severity.ERROR,
    "A date is impossible",
    "Correct the cell: complaints run from 2000 on, and a placeholder date means blank.",
)
NOT_A_NUMBER = Rule(
    "D103", Severity.ERROR, "A number cannot be read", "Correct the cell: it takes a whole number."
)
UNKNOWN_VALUE = Rule(
    "D104",
    Severity.ERROR,
    "A value is not in the profile's list",
    "Correct the cell, or add the value to the source's values in profile.toml.",
)
NOT_MONEY = Rule(
    "D105",
    Severity.ERROR,
    "An amount cannot be read",
    "Correct the cell: one amount a cell, such as 250 or £1,250.00.",
)
NO_VALUE = Rule(
    "D106",
    Severity.ERROR,
    "A row lacks a value it needs",
    "Fill in the cell; without it the row cannot be counted.",
)
TWO_VALUES = Rule(
    "D108",
    Severity.ERROR,
    "Two columns of a row say different things about one field",
    "Correct the row, or let only one of the columns count in profile.toml.",
)
BROKEN_CELL = Rule(
    "D109",
    Severity.ERROR,
    "A cell holds an error, or a formula that was never calculated",
    "Open the file in Excel, let it calculate, mend the cell and save; or export again.",
)
NOT_A_REFERENCE = Rule(
    "D107",
    Severity.ERROR,
    "A reference has been damaged by a spreadsheet",
    "Format the column as text in the case system's export, and export again.",
)

PLACEHOLDER = Rule(
    "D110",
    Severity.WARNING,
    "A date stands for no date",
    "Nothing, if the day is truly unknown: it is read as blank. Otherwise fill it in.",
)
SWAPPED = Rule(
    "D111",
    Severity.ERROR,
    "Days and months look swapped",
    "Export again without opening the file in between: Excel with American settings turns 3/4 into "
    "March and leaves 13/4 as text. If the dates are right, make D111 a warning in report.toml.",
)
OLD_VALUE = Rule(
    "C101",
    Severity.ERROR,
    "A correction's old value is not what the export says",
    "Look at the export again: it may hold the right value by now. Then mend or drop the line.",
)
NO_SUCH_CELL = Rule(
    "C102",
    Severity.ERROR,
    "A correction fits no cell",
    "Check its file and row, or its reference and stage, and that the profile maps its field.",
)
SEVERAL_CELLS = Rule(
    "C103",
    Severity.ERROR,
    "A correction fits several cells",
    "Add the stage, or the file and the row, so that it is clear which cell is meant.",
)
NOT_A_CORRECTION = Rule(
    "C104",
    Severity.ERROR,
    "A line of corrections.csv cannot be used",
    "Give field, old, new, reason and by, and either file and row or a reference.",
)

RULES = (
    NO_SHEET,
    NO_HEADING,
    TWICE_HEADED,
    NOT_A_TABLE,
    RAGGED,
    NO_RECORDS,
    NO_OPTIONAL_FILE,
    SAME_FILE,
    NOT_NAMED,
    HIDDEN_ROWS,
    OLD_KIND,
    HIDDEN_COLUMN,
    HIDDEN_SHEET,
    OTHER_TOTAL,
    NO_COMPLAINT,
    WHICH_STAGE,
    PARENT_CIRCLE,
    CHANGED_HEADINGS,
    CHANGED_VALUES,
    UNREAD_FILE,
    BROKEN_FORM,
    NOT_A_DATE,
    OUTLANDISH_DATE,
    NOT_A_NUMBER,
    UNKNOWN_VALUE,
    NOT_MONEY,
    NO_VALUE,
    NOT_A_REFERENCE,
    TWO_VALUES,
    BROKEN_CELL,
    PLACEHOLDER,
    SWAPPED,
    OLD_VALUE,
    NO_SUCH_CELL,
    SEVERAL_CELLS,
    NOT_A_CORRECTION,
)
