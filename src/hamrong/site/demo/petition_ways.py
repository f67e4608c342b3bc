"""What becomes of the demo's petitions, as a table: how many of each, when they came in, and their acts in order."""

from datetime import date, datetime
from typing import Final, NamedTuple

from hamrong.law import VIETNAM
from hamrong.petitions.rules import Facts, Kind

OURS: Final = Facts("signed", "ours")
ELSEWHERE: Final = Facts("signed", "elsewhere")
UNMET: Final = Facts("signed", "ours", conditions="unmet")
NAMELESS: Final = Facts("unsigned", "ours")
VAGUE: Final = Facts("unsigned", "ours", content="vague")

DISSOLVED: Final = datetime(2025, 3, 1, 8, tzinfo=VIETNAM)
"""When the districts' police had ended, and their open cases went to the police of a commune in each, by one order."""

REORGANISED: Final = datetime(2025, 7, 1, 8, tzinfo=VIETNAM)
"""When communes were merged, and what their police had open went to the police of the new ones, by another order."""

ORDERS: Final = {DISSOLVED: "Quyết định 01/QĐ-DEMO, 28/02/2025", REORGANISED: "Quyết định 02/QĐ-DEMO, 01/07/2025"}
DISTRICTS: Final = (date(2025, 1, 6), date(2025, 2, 27))
"""When what the districts' police took in and left open came in."""

NEW: Final = date(2026, 7, 1)


class Way(NamedTuple):
    """A way that petitions go: how many of sixty, by which door, what is true of them, and their acts.

    `acts` are words with days: `decide+20` is the step `….decide` of the case's course 20 days after the act before.
    No steps are `told` (the sender is told), `offer`, `taken`, `refused` (by another unit), `join`, `split`,
    `as-complaint` (sorted as a complaint, because it is one), `repeat` (the same comes once more), `second` (a second
    complaint), `again` (a re-denunciation), `sign` (the paper of the step before), `open` (the identity), `glass`
    (opened in an emergency), `judged` (that it was justified) and `rate` (the sender says how they found it).
    Without `days` (from, to, counted back) any day of the year; `old`: taken in by a district's police; `fresh`: only
    since the law of 2026-07-01.
    """

    share: int
    kind: Kind
    door: str
    facts: Facts
    acts: str
    days: tuple[int, int] = (0, 365)
    old: bool = False
    fresh: bool = False


DONE: Final = "sort+1 accept+3 told+1 dialogue+9 decide+6 send+2 serve+4"
CONCLUDED: Final = (
    "enter+1 sort+2 competent+0 accept+4 notify+3 verify+2 conclude+17 send+3 publish+4 act+3"
)  # fmt: skip
WAYS: Final = (
    # complaints
    Way(6, "complaint", "counter", OURS, f"{DONE} close+40 rate+2"),
    Way(3, "complaint", "post", OURS, "sort+2 accept+4 told+1 dialogue+12 decide+30 send+4 serve+5 close+40 rate+1"),
    Way(2, "complaint", "counter", OURS, "sort+2 accept+5", (45, 80)),  # late
    Way(2, "complaint", "counter", OURS, "sort+1", (12, 30)),  # not accepted in time
    Way(3, "complaint", "counter", OURS, "sort+1 accept+3", (6, 20)),
    Way(2, "complaint", "post", OURS, "", (0, 3)),
    Way(2, "complaint", "counter", OURS, "sort+1 accept+3 suspend+8", (20, 60), fresh=True),
    Way(1, "complaint", "counter", OURS, "sort+1 accept+3 suspend+8 tell+1 resume+9 decide+9 send+1", (60, 140),
        fresh=True),
    Way(2, "complaint", "reception", OURS, "sort+1 accept+3 withdraw+6 tell+2", (30, 140), fresh=True),
    Way(1, "complaint", "counter", OURS, "sort+1 accept+3 withdraw+6", (200, 360)),
    Way(1, "complaint", "counter", UNMET, "sort+2 return+3 told+0"),
    Way(2, "complaint", "post", ELSEWHERE, "sort+2 guide+3 told+0"),
    Way(1, "complaint", "post", NAMELESS, "sort+2"),
    Way(1, "complaint", "counter", OURS, "sort+1 offer+2 glass+0", (3, 9)),
    Way(1, "complaint", "counter", OURS, "sort+1 offer+1 taken+2 accept+3 decide+20 sign+0 send+2", (40, 300)),
    Way(1, "complaint", "counter", OURS, "sort+1 offer+1 refused+2 accept+2 decide+22 sign+0 send+1", (40, 300)),
    Way(1, "complaint", "counter", OURS, "sort+1 accept+3 join+2 glass+1 judged+1", (10, 25)),
    Way(1, "complaint", "counter", OURS, "sort+1 accept+3 split+5 decide+15", (30, 200)),
    Way(1, "complaint", "counter", OURS, f"{DONE} appeal+6 second+2 accept+4 dialogue+12 decide+10 send+2", (70, 300)),
    Way(1, "complaint", "counter", OURS, f"{DONE} appeal+6 second+1 accept+3 sign+0", (40, 60)),
    # denunciations
    Way(1, "denunciation", "online", OURS, f"{CONCLUDED} rate+4".replace("verify+2", "verify+2 open+1"),
        (60, 365)),
    Way(1, "denunciation", "online", OURS, f"{CONCLUDED} again+12 examine+2 uphold+9 tell-upheld+2", (85, 365)),
    Way(1, "denunciation", "online", OURS, "enter+1 sort+2 competent+0 accept+4 notify+3 verify+2 extend+20", (35, 55)),
    Way(1, "denunciation", "online", OURS, "enter+1 sort+1 competent+0 accept+4 suspend+12 tell+2", (30, 90)),
    Way(1, "denunciation", "online", OURS, "enter+1 sort+1 competent+0 accept+5 notify+4", (45, 90)),  # late
    Way(1, "denunciation", "online", OURS, "enter+1 sort+1 competent+0 accept+5 protect+1 withdraw+9 end+5 tell-end+2",
        (40, 300)),
    Way(1, "denunciation", "online", OURS, "enter+1 sort+1 competent+0", (2, 6)),
    Way(1, "denunciation", "online", UNMET, "enter+1 sort+1 competent+0 refuse+5"),
    Way(1, "denunciation", "online", ELSEWHERE, "enter+1 sort+1 transfer+3 told+0"),
    Way(1, "denunciation", "online", NAMELESS, "enter+1 sort+1 inform+2"),
    Way(1, "denunciation", "online", VAGUE, "enter+1 sort+1 file+1"),
    Way(1, "denunciation", "online", OURS, "", (0, 2)),
    # reflections and reports of crime
    Way(4, "reflection", "phone", OURS, "sort+1 accept+0 tell+5 told+0 answer+12 rate+1"),
    Way(2, "reflection", "portal", ELSEWHERE, "sort+1 transfer+4 told+0 repeat+20"),
    Way(2, "reflection", "portal", NAMELESS, "sort+2 accept-nameless+0 close+9"),
    Way(1, "reflection", "post", VAGUE, "sort+2 file+0"),
    Way(1, "reflection", "phone", OURS, "as-complaint+1", (20, 40)),
    Way(2, "reflection", "social", OURS, "sort+1 accept+0 tell+3 told+0 answer+9 rate+3"),
    Way(2, "crime_report", "phone", OURS, "sort+0 told+1"),
    # what the districts' police left open
    Way(2, "complaint", "counter", OURS, "sort+2 accept+5 decide+150 send+2 serve+3 close+40", old=True),
    Way(1, "complaint", "post", OURS, "sort+2 accept+5 withdraw+160", old=True),
    Way(1, "complaint", "post", OURS, "sort+2 accept+5", old=True),
)  # fmt: skip

MATTERS: Final = {
    "complaint": (
        "Biên bản xử phạt ghi sai địa điểm", "Chậm trả kết quả đăng ký xe", "Quyết định thu giữ phương tiện",
        "Từ chối cấp lại căn cước", "Mức phạt không đúng hành vi", "Không lập biên bản khi tạm giữ giấy tờ",
        "Từ chối đăng ký tạm trú", "Quyết định xử phạt ghi sai tên", "Không trả lại giấy phép lái xe",
        "Thu hồi giấy chứng nhận đăng ký xe",
    ),
    "denunciation": (
        "Nhận tiền khi làm thủ tục", "Bao che cơ sở vi phạm", "Ghi khống biên bản làm việc", "Đe dọa người dân",
        "Đòi thêm tiền ngoài lệ phí", "Bỏ qua vi phạm của người quen",
    ),
    "reflection": (
        "Chậm trả lời đơn", "Mất trật tự ở bến xe", "Quán hát gây ồn ban đêm", "Xe tải đi vào giờ cấm",
        "Kiến nghị lắp thêm biển báo", "Thái độ khi tiếp dân", "Đường dây nóng không có người nghe",
    ),
    "crime_report": ("Mất xe máy trong đêm", "Có người gọi điện lừa chuyển tiền", "Nghi có đánh bạc"),
}  # fmt: skip
