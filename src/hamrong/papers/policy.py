"""Who may draw up, sign and read papers, and who may hand files in."""

from typing import Final

from hamrong.access.decisions import Allow

DRAFTERS: Final = ("ward-duty", "petition-officer")
SIGNERS: Final = ("ward-chief", "province-leader")
WORK: Final = ("petition", "complaint", "denunciation")
LAW: Final = "30/2020/NĐ-CP"

POLICY = (
    Allow("paper.read", (*DRAFTERS, *SIGNERS), WORK, LAW),
    Allow("paper.draft", (*DRAFTERS, *SIGNERS), WORK, f"{LAW} Đ10"),
    Allow("paper.sign", SIGNERS, WORK, f"{LAW} Đ13"),
    Allow("paper.recall", SIGNERS, WORK, f"{LAW} Đ18"),
    # files that people hand in; `attachment.original` is the file with all that a camera or a program wrote into it
    Allow("attachment.hand-in", ("reporter",), ("petition",), LAW),
    Allow("attachment.add", (*DRAFTERS, *SIGNERS), WORK, LAW),
    Allow("attachment.read", (*DRAFTERS, *SIGNERS), WORK, LAW),
    Allow("attachment.original", SIGNERS, WORK, LAW),
    # what anybody may check a paper by, put on record when it is signed
    Allow("paper.prove", ("keeper",), ("public-service",), f"{LAW} Đ13"),
    # the night
    Allow("attachment.sweep", ("keeper",), ("retention",), LAW),
)
