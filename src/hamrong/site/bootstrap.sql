-- Roles of the whole server and rights in one database. Run by an administrator, as often as you like.
-- Passwords, and the database itself, are made by bootstrap.py; the names below are the contract with the migrations.

-- Owns the schema and the tables, runs the migrations; serves no request.
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'hamrong_owner') THEN CREATE ROLE hamrong_owner; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'hamrong_app') THEN CREATE ROLE hamrong_app; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'hamrong_rights') THEN CREATE ROLE hamrong_rights; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'hamrong_host') THEN CREATE ROLE hamrong_host; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'hamrong_ward') THEN CREATE ROLE hamrong_ward; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'hamrong_province') THEN CREATE ROLE hamrong_province; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'hamrong_intake') THEN CREATE ROLE hamrong_intake; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'hamrong_inspector') THEN CREATE ROLE hamrong_inspector; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'hamrong_emergency') THEN CREATE ROLE hamrong_emergency; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'hamrong_keeper') THEN CREATE ROLE hamrong_keeper; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'hamrong_sequencer') THEN CREATE ROLE hamrong_sequencer; END IF;
    -- CREATEROLE without superuser: the administrator must be a member to act for the owner.
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        EXECUTE format('GRANT hamrong_owner TO %I', current_user);
    END IF;
END $$;

ALTER ROLE hamrong_owner LOGIN INHERIT NOCREATEROLE NOCREATEDB;
ALTER ROLE hamrong_app LOGIN INHERIT NOCREATEROLE NOCREATEDB;

-- What the application may do to tables is held once; which rows, the policies of each scope role decide.
GRANT hamrong_rights TO hamrong_app WITH INHERIT TRUE, SET FALSE;
GRANT hamrong_rights TO hamrong_host, hamrong_ward, hamrong_province, hamrong_intake, hamrong_inspector, hamrong_emergency, hamrong_keeper,
    hamrong_sequencer WITH INHERIT TRUE, SET FALSE;

-- The application may become a scope role inside a transaction, and has none of their rows before it does.
GRANT hamrong_host, hamrong_ward, hamrong_province, hamrong_intake, hamrong_inspector, hamrong_emergency, hamrong_keeper, hamrong_sequencer
    TO hamrong_app WITH INHERIT FALSE, SET TRUE;

ALTER ROLE hamrong_app SET statement_timeout = '30s';
ALTER ROLE hamrong_app SET lock_timeout = '10s';
ALTER ROLE hamrong_app SET idle_in_transaction_session_timeout = '60s';

GRANT USAGE ON SCHEMA public TO hamrong_rights;
GRANT USAGE, CREATE ON SCHEMA public TO hamrong_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

ALTER DEFAULT PRIVILEGES FOR ROLE hamrong_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE hamrong_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO hamrong_rights;
ALTER DEFAULT PRIVILEGES FOR ROLE hamrong_owner GRANT USAGE ON SEQUENCES TO hamrong_rights;
ALTER DEFAULT PRIVILEGES FOR ROLE hamrong_owner GRANT EXECUTE ON FUNCTIONS TO hamrong_rights;
