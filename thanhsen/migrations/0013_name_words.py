"""The words of a name without marks, in one order, so that names written in another order meet in an index; and how
many letters two names are apart."""

from django.contrib.postgres.operations import CreateExtension
from django.db import migrations

# Words as Python's str.split() of the folded text, sorted by code point: households.reports.alike.comparing.words.
NAME_WORDS = """
CREATE FUNCTION name_words(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT coalesce(string_agg(word, ' ' ORDER BY word COLLATE "C"), '')
      FROM unnest(string_to_array(public.fold($1), ' ')) AS word WHERE word <> '' $$;
"""


class Migration(migrations.Migration):
    dependencies = [("thanhsen", "0012_practice_rules")]
    operations = [
        CreateExtension("fuzzystrmatch"),
        migrations.RunSQL(NAME_WORDS, "DROP FUNCTION name_words(text)"),
    ]
