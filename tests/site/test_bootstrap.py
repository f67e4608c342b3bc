def test_app_can_become_a_ward_inside_a_transaction(app_connection):
    app_connection.execute("SELECT set_config('role', 'hamrong_ward', true)")
    assert app_connection.execute("SELECT current_user").fetchone() == ("hamrong_ward",)
