"""The tables of areas, their successions and the units."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Area",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("code", models.TextField()),
                (
                    "level",
                    models.TextField(
                        choices=[("province", "cấp tỉnh"), ("district", "cấp huyện"), ("commune", "cấp xã")]
                    ),
                ),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("tinh", "tỉnh"),
                            ("thanh-pho-truc-thuoc-trung-uong", "thành phố trực thuộc trung ương"),
                            ("thanh-pho", "thành phố"),
                            ("thi-xa", "thị xã"),
                            ("quan", "quận"),
                            ("huyen", "huyện"),
                            ("phuong", "phường"),
                            ("thi-tran", "thị trấn"),
                            ("xa", "xã"),
                            ("dac-khu", "đặc khu"),
                        ]
                    ),
                ),
                ("name", models.TextField()),
                ("search_key", models.TextField()),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="org.area",
                    ),
                ),
            ],
            options={
                "ordering": ("code", "id"),
            },
        ),
        migrations.CreateModel(
            name="AreaSuccessor",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "before_id", "after_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("partial", models.BooleanField()),
                ("resolution", models.TextField()),
                ("on", models.DateField()),
                (
                    "after",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="origins", to="org.area"
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="successions", to="org.area"
                    ),
                ),
            ],
            options={
                "ordering": ("on", "before_id", "after_id"),
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("code", models.TextField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("province", "Công an tỉnh"),
                            ("department", "Phòng"),
                            ("district", "Công an cấp huyện"),
                            ("commune", "Công an cấp xã"),
                        ]
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="org.area",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="org.unit",
                    ),
                ),
            ],
            options={
                "ordering": ("code",),
            },
        ),
        migrations.AddIndex(
            model_name="area",
            index=models.Index(fields=["level", "code"], name="area_by_level_and_code"),
        ),
        migrations.AddIndex(
            model_name="area",
            index=models.Index(fields=["search_key"], name="area_by_search_key"),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level", "province"), ("kind__in", ["tinh", "thanh-pho-truc-thuoc-trung-uong"])),
                    models.Q(("level", "district"), ("kind__in", ["thanh-pho", "thi-xa", "quan", "huyen"])),
                    models.Q(("level", "commune"), ("kind__in", ["phuong", "thi-tran", "xa", "dac-khu"])),
                    _connector="OR",
                ),
                name="area_kind_belongs_to_its_level",
            ),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level", "province"), ("code__regex", "^\\d{2}$")),
                    models.Q(("level", "district"), ("code__regex", "^\\d{3}$")),
                    models.Q(("level", "commune"), ("code__regex", "^\\d{5}$")),
                    _connector="OR",
                ),
                name="area_code_has_the_length_of_its_level",
            ),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level", "province"), ("parent__isnull", True)),
                    models.Q(models.Q(("level", "province"), _negated=True), ("parent__isnull", False)),
                    _connector="OR",
                ),
                name="area_has_a_parent_unless_it_is_a_province",
            ),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="area_does_not_end_before_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.UniqueConstraint(
                fields=("level", "code", "valid_from"), name="area_code_begins_once_on_a_day", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("level", "code"),
                name="area_code_has_one_holder_today",
            ),
        ),
        migrations.AddConstraint(
            model_name="areasuccessor",
            constraint=models.CheckConstraint(
                condition=models.Q(("before", models.F("after")), _negated=True), name="areasuccessor_is_another_area"
            ),
        ),
        migrations.AddConstraint(
            model_name="areasuccessor",
            constraint=models.CheckConstraint(
                condition=models.Q(("resolution", ""), _negated=True), name="areasuccessor_names_its_resolution"
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("code", ""), _negated=True), models.Q(("name", ""), _negated=True)),
                name="unit_has_a_code_and_a_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["province", "department", "district", "commune"])),
                name="unit_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "province"), ("parent__isnull", True)),
                    models.Q(models.Q(("kind", "province"), _negated=True), ("parent__isnull", False)),
                    _connector="OR",
                ),
                name="unit_has_a_parent_unless_it_is_the_province",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("area__isnull", True), ("kind", "department")),
                    models.Q(models.Q(("kind", "department"), _negated=True), ("area__isnull", False)),
                    _connector="OR",
                ),
                name="unit_has_an_area_unless_it_is_a_department",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="unit_does_not_end_before_it_begins",
            ),
        ),
    ]
