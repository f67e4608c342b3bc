"""The table of database functions says truly which file holds the text in force."""

from hamrong.site.functions import ROOT, written


def test_what_the_database_runs_stands_in_the_file_that_is_named(admin_connection):
    found = admin_connection.execute(
        "select proname, array_agg(prosrc) from pg_proc where pronamespace = 'public'::regnamespace and not exists ("
        "select from pg_depend d where d.objid = pg_proc.oid and d.deptype = 'e') group by proname"
    ).fetchall()
    texts = {name: (ROOT / files[-1]).read_text("utf-8") for name, files in written().items()}
    ours = {name: bodies for name, bodies in found if not name.startswith("procrastinate_")}
    assert ours.keys() == texts.keys()
    assert {name for name, bodies in ours.items() if not any(body in texts[name] for body in bodies)} == set()
