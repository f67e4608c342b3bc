"""The tables of areas and units; the database keeps what every one of them promises about kind, code and time."""

from django.db import models
from django.db.models import F, Q


class Area(models.Model):
    """A province, district or commune (đơn vị hành chính) from the day it began to the day it ended, both inclusive.

    The code is the General Statistics Office's, which gives a code away again: 14758 was Phường Đông Thọ until
    2025-06-30 and is Phường Hàm Rồng since. The key is therefore `<province>-<code>`, with `-<year>` of the beginning
    for who took over a code. `valid_from` null: it began before our records; `valid_to` null: it exists.
    """

    class Level(models.TextChoices):
        PROVINCE = "province", "cấp tỉnh"
        DISTRICT = "district", "cấp huyện"
        COMMUNE = "commune", "cấp xã"

    class Kind(models.TextChoices):
        PROVINCE = "tinh", "tỉnh"
        CENTRAL_CITY = "thanh-pho-truc-thuoc-trung-uong", "thành phố trực thuộc trung ương"
        CITY = "thanh-pho", "thành phố"
        TOWN = "thi-xa", "thị xã"
        URBAN_DISTRICT = "quan", "quận"
        RURAL_DISTRICT = "huyen", "huyện"
        WARD = "phuong", "phường"
        TOWNSHIP = "thi-tran", "thị trấn"
        COMMUNE = "xa", "xã"
        SPECIAL_ZONE = "dac-khu", "đặc khu"

    id = models.TextField(primary_key=True)
    code = models.TextField()
    level = models.TextField(choices=Level)
    kind = models.TextField(choices=Kind)
    name = models.TextField()
    search_key = models.TextField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("code", "id")
        indexes = (
            models.Index(fields=["level", "code"], name="area_by_level_and_code"),
            models.Index(fields=["search_key"], name="area_by_search_key"),
        )
        constraints = (
            models.CheckConstraint(
                condition=(Q(level="province") & Q(kind__in=["tinh", "thanh-pho-truc-thuoc-trung-uong"]))
                | (Q(level="district") & Q(kind__in=["thanh-pho", "thi-xa", "quan", "huyen"]))
                | (Q(level="commune") & Q(kind__in=["phuong", "thi-tran", "xa", "dac-khu"])),
                name="area_kind_belongs_to_its_level",
            ),
            models.CheckConstraint(
                condition=(Q(level="province") & Q(code__regex=r"^\d{2}$"))
                | (Q(level="district") & Q(code__regex=r"^\d{3}$"))
                | (Q(level="commune") & Q(code__regex=r"^\d{5}$")),
                name="area_code_has_the_length_of_its_level",
            ),
            models.CheckConstraint(
                condition=Q(level="province", parent__isnull=True) | (~Q(level="province") & Q(parent__isnull=False)),
                name="area_has_a_parent_unless_it_is_a_province",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="area_does_not_end_before_it_begins",
            ),
            models.UniqueConstraint(
                fields=["level", "code", "valid_from"], nulls_distinct=False, name="area_code_begins_once_on_a_day"
            ),
            models.UniqueConstraint(
                fields=["level", "code"], condition=Q(valid_to__isnull=True), name="area_code_has_one_holder_today"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"


class AreaSuccessor(models.Model):
    """`after` took over `before` or, if `partial`, only a part of it, by a resolution in force since `on`."""

    pk = models.CompositePrimaryKey("before_id", "after_id")
    before = models.ForeignKey(Area, models.PROTECT, related_name="successions")
    after = models.ForeignKey(Area, models.PROTECT, related_name="origins")
    partial = models.BooleanField()
    resolution = models.TextField()
    on = models.DateField()

    class Meta:
        ordering = ("on", "before_id", "after_id")
        constraints = (
            models.CheckConstraint(condition=~Q(before=F("after")), name="areasuccessor_is_another_area"),
            models.CheckConstraint(condition=~Q(resolution=""), name="areasuccessor_names_its_resolution"),
        )

    def __str__(self) -> str:
        return f"{self.before_id} → {self.after_id}"


class Unit(models.Model):
    """A police body (đơn vị công an); codes never come back, so a unit that ended keeps its code."""

    class Kind(models.TextChoices):
        PROVINCE = "province", "Công an tỉnh"
        DEPARTMENT = "department", "Phòng"
        DISTRICT = "district", "Công an cấp huyện"
        COMMUNE = "commune", "Công an cấp xã"

    code = models.TextField(primary_key=True)
    name = models.TextField()
    kind = models.TextField(choices=Kind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="units")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(condition=~Q(code="") & ~Q(name=""), name="unit_has_a_code_and_a_name"),
            models.CheckConstraint(
                condition=Q(kind__in=["province", "department", "district", "commune"]), name="unit_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="province", parent__isnull=True) | (~Q(kind="province") & Q(parent__isnull=False)),
                name="unit_has_a_parent_unless_it_is_the_province",
            ),
            models.CheckConstraint(
                condition=Q(kind="department", area__isnull=True) | (~Q(kind="department") & Q(area__isnull=False)),
                name="unit_has_an_area_unless_it_is_a_department",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="unit_does_not_end_before_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.name
