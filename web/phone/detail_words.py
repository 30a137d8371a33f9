"""What the phone calls what may be told besides a result."""

from __future__ import annotations

from scheduler.agreements import Attitude, Degree, Hardship, NextAction
from scheduler.contacts import Party
from scheduler.field.recording import NoRecording, RecordingFault
from web.language import lazy_t

ATTITUDES = {
    Attitude.COOPERATIVE: lazy_t("cooperative"),
    Attitude.NEUTRAL: lazy_t("neutral"),
    Attitude.EVASIVE: lazy_t("evasive"),
    Attitude.UPSET: lazy_t("upset"),
    Attitude.HOSTILE: lazy_t("hostile"),
}
WHO_WAS_MET = {
    Party.BORROWER: lazy_t("the borrower"),
    Party.HOUSEHOLD: lazy_t("somebody of the household"),
    Party.GUARANTOR: lazy_t("the guarantor"),
    Party.EMPLOYER: lazy_t("the employer"),
    Party.THIRD: lazy_t("somebody else"),
    Party.NOBODY: lazy_t("nobody"),
}
HARDSHIPS = {
    Hardship.JOB_LOST: lazy_t("lost the job"),
    Hardship.LESS_INCOME: lazy_t("earns less"),
    Hardship.ILLNESS: lazy_t("illness"),
    Hardship.FAMILY: lazy_t("trouble in the family"),
    Hardship.BUSINESS: lazy_t("the business runs badly"),
    Hardship.DISASTER: lazy_t("disaster"),
    Hardship.OTHER: lazy_t("another reason"),
}
DEGREES = {
    Degree.NONE: lazy_t("not at all"),
    Degree.LITTLE: lazy_t("a little"),
    Degree.PARTLY: lazy_t("in part"),
    Degree.FULLY: lazy_t("fully"),
}
NEXT_ACTIONS = {
    NextAction.CALL: lazy_t("call first"),
    NextAction.VISIT: lazy_t("visit again"),
    NextAction.DESK: lazy_t("the desk decides"),
    NextAction.LEGAL: lazy_t("consider legal steps"),
    NextAction.NOTHING: lazy_t("nothing more"),
}
NO_RECORDING = {
    NoRecording.NOBODY: lazy_t("nobody was met"),
    NoRecording.OBJECTED: lazy_t("whoever was met did not want it"),
    NoRecording.UNSAFE: lazy_t("it would have made things worse"),
    NoRecording.BROKEN: lazy_t("the recorder did not work"),
    NoRecording.FORGOTTEN: lazy_t("it was forgotten"),
}
RECORDING_FAULTS = {
    RecordingFault.NO_FILE: lazy_t("Write the file of the recording, too."),
    RecordingFault.NO_RECORDER: lazy_t("Write the number of the recorder, too."),
    RecordingFault.BOTH: lazy_t("Tell either the recording, or why there is none."),
    RecordingFault.LONG: lazy_t("Shorten this to 80 characters."),
}
