"""The whole: settings, addresses, the `hamrong` command, the embedded database, the processes."""
