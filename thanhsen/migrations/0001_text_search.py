"""What the database needs before the first table: text without marks, trigrams, ranges that exclude."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

# unaccent() is only STABLE (its dictionary could change), so an index needs this immutable wrapper.
# Capitals are lowered after the marks are gone, so that the result does not depend on the server's locale.
FOLD = """
CREATE FUNCTION fold(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT lower(public.unaccent('public.unaccent', normalize($1, NFC))) $$;
"""

# For triggers that keep a column pointing at the right kind of area: area_must_be(column, kind).
AREA_MUST_BE = """
CREATE FUNCTION area_must_be() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wanted bigint := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
BEGIN
    IF wanted IS NOT NULL AND NOT EXISTS (SELECT 1 FROM thanhsen_area WHERE id = wanted AND kind = TG_ARGV[1]) THEN
        RAISE EXCEPTION 'area % is not a %', wanted, TG_ARGV[1]
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
"""

# For records that must never be lost.
NEVER_DELETED = """
CREATE FUNCTION never_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% keeps its rows for ever', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END $$;
"""


class Migration(migrations.Migration):
    initial = True
    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(FOLD, "DROP FUNCTION fold(text)"),
        migrations.RunSQL(AREA_MUST_BE, "DROP FUNCTION area_must_be()"),
        migrations.RunSQL(NEVER_DELETED, "DROP FUNCTION never_deleted()"),
    ]
