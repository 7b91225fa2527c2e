"""The self-assessment against the Code: invented, in our own words. One provision is not met."""

from collections.abc import Mapping, Sequence

HEADINGS = (
    "Code provision",
    "Comply: Yes / No",
    "Evidence",
    "Commentary / explanation",
    "To be met by",
)

_POLICY = "Complaints policy"
_LETTERS = "Letter templates"
_SYSTEM = "Case system"
_REPORT = "This report"
_NOT_MET = {"9.8": "31 December 2024"}
# By section: what shows each provision, and what there is to add.
_ANSWERS: Mapping[str, Sequence[tuple[str, str, str]]] = {
    "Section 1: Definition of a complaint": (
        ("1.2", f"{_POLICY}, part 1", "We took the definition over when the policy was revised."),
        ("1.3", f"{_POLICY}, part 1; training notes", "New starters practise on real letters."),
        ("1.4", f"{_POLICY}, part 2; {_SYSTEM.lower()}", "Requests have a form of their own."),
        ("1.5", f"{_POLICY}, part 2", "The order for the work stays open beside the complaint."),
        ("1.6", "Survey invitation", "Its last page says how to complain."),
    ),
    "Section 2: Exclusions": (
        ("2.1", f"{_POLICY}, part 3", "A manager looks at each refusal before it is sent."),
        ("2.2", f"{_POLICY}, part 3", ""),
        ("2.3", f"{_POLICY}, part 3", "Older matters were let in where a repair was still undone."),
        ("2.4", f"{_LETTERS}: refusal", "The letter names the reason and the Ombudsman."),
        ("2.5", "Log of refusals", "The table of refusals in this report is taken from it."),
    ),
    "Section 3: Accessibility and awareness": (
        ("3.1", f"{_POLICY}, part 4", "Online, by telephone, by letter, in person or by a friend."),
        ("3.2", "Training notes", "Caretakers carry a card with the link."),
        ("3.3", _REPORT, "Each quarter we look at services with very few complaints, too."),
        ("3.4", "Website; printed policy", "Large print and translations can be asked for."),
        ("3.5", f"{_POLICY}, part 5", "Posters hang in the entrance of every block."),
        ("3.6", f"{_POLICY}, part 4", "Consent is asked for once and noted on the case."),
        ("3.7", f"Website; {_LETTERS.lower()}", "Every letter ends with the Ombudsman's details."),
    ),
    "Section 4: Complaint handling staff": (
        ("4.1", "Structure chart", "The complaints team answers to the director."),
        ("4.2", "Scheme of delegation", "The team can award compensation itself."),
        ("4.3", "Training record", "Two days a year for whoever answers complaints."),
    ),
    "Section 5: The complaint handling process": (
        ("5.1", _POLICY, "The policy covers tenants and leaseholders alike."),
        ("5.2", f"{_POLICY}, part 6", "What can be mended at once is, and is logged at stage 1."),
        ("5.3", f"{_POLICY}, part 6", ""),
        ("5.4", "Repairs contract, schedule 4", "The contractor drafts and we answer."),
        ("5.5", "Minutes of contract meetings", "A sample of cases is read every month."),
        ("5.6", f"{_LETTERS}: acknowledgement", "It repeats the complaint and what is asked for."),
        ("5.7", f"{_LETTERS}: acknowledgement", ""),
        ("5.8", "Training notes; file checks", "Nobody answers a complaint about their own work."),
        ("5.9", _SYSTEM, "The case asks for the next date of contact."),
        ("5.10", f"{_SYSTEM}: adjustments", "We are working to record every adjustment we make."),
        ("5.11", f"{_LETTERS}: refusal", "One request was refused in the year."),
        ("5.12", _SYSTEM, "Letters, notes and photographs hang on the case."),
        ("5.13", f"{_POLICY}, part 7", ""),
        (
            "5.14",
            "Policy on unacceptable behaviour",
            "Each restriction ends or is renewed in a year.",
        ),
        ("5.15", "Policy on unacceptable behaviour", ""),
    ),
    "Section 6: Complaint stages": (
        ("6.1", "Triage sheet", "Risk to health puts a case at the head of the queue."),
        ("6.2", _SYSTEM, "The day of acknowledgement is reported every week."),
        (
            "6.3",
            f"{_SYSTEM}; this report",
            "Not every answer was on time; the report says how many.",
        ),
        ("6.4", f"{_LETTERS}: extension", ""),
        ("6.5", f"{_LETTERS}: extension", "Added to the letter this year."),
        ("6.6", "List of promised actions", "The team checks it every Monday."),
        ("6.7", f"{_LETTERS}: stage 1", "A heading for each point that was raised."),
        ("6.8", f"{_POLICY}, part 6", ""),
        ("6.9", f"{_LETTERS}: stage 1", ""),
        ("6.10", f"{_LETTERS}: stage 1", "A reply of one line is enough to escalate."),
        ("6.11", _SYSTEM, ""),
        ("6.12", f"{_POLICY}, part 6", "Where no reason is given we ask, and do not insist."),
        ("6.13", "Structure chart", "Stage 2 is answered by the corporate complaints team."),
        ("6.14", f"{_SYSTEM}; this report", ""),
        ("6.15", f"{_LETTERS}: extension", ""),
        ("6.16", f"{_LETTERS}: extension", ""),
        ("6.17", "List of promised actions", ""),
        ("6.18", f"{_LETTERS}: stage 2", ""),
        ("6.19", f"{_LETTERS}: stage 2", ""),
        ("6.20", "Sign-off sheet", "The service, the team and a director see the answer first."),
    ),
    "Section 7: Putting things right": (
        ("7.1", f"{_POLICY}, part 7", "An apology says what for."),
        ("7.2", "Scale of compensation", "The scale has worked examples."),
        ("7.3", "List of promised actions", ""),
        ("7.4", "Scale of compensation", "It was read against the guidance in the spring."),
    ),
    "Section 8: Self-assessment, reporting and compliance": (
        ("8.1", _REPORT, ""),
        ("8.2", "Cabinet papers; website", "The response stands in this report."),
        ("8.3", "Work plan", "There was no such change this year."),
        ("8.4", "Correspondence with the Ombudsman", "We were not asked to in the year."),
        ("8.5", "Continuity plan", "The plan names who tells whom."),
    ),
    "Section 9: Scrutiny and oversight": (
        ("9.1", "Learning log", "The log is a table of this report."),
        ("9.2", "Quarterly reviews", ""),
        (
            "9.3",
            "Minutes of the residents' panel",
            "We mean to bring trends to the panel more often.",
        ),
        ("9.4", "Structure chart", "The director of housing."),
        ("9.5", "Cabinet portfolios", "The deputy leader."),
        ("9.6", "Quarterly reports", ""),
        ("9.7", "Quarterly reports", ""),
        (
            "9.8",
            "Appraisal form",
            "Our own staff have it. Each firm's contract gets it when the contract is renewed.",
        ),
    ),
}


def tables() -> Mapping[str, Sequence[Sequence[str]]]:
    """Give the rows of the form under the title of each section."""
    return {
        title: [
            (number, "No" if number in _NOT_MET else "Yes", shown, said, _NOT_MET.get(number, ""))
            for number, shown, said in rows
        ]
        for title, rows in _ANSWERS.items()
    }
