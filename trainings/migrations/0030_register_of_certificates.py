"""The register of certificates: a year of its own, no number left out."""

from django.db import migrations, models
from django.db.models import F

RULES = """
-- Numbers are unique and never removed: without a gap they are as many as the largest.
CREATE FUNCTION training_certificate_without_gap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM (SELECT DISTINCT ward_id, year FROM issued) book
                 JOIN trainings_trainingcertificate entry ON entry.ward_id = book.ward_id AND entry.year = book.year
                GROUP BY book.ward_id, book.year HAVING max(entry.number) <> count(*)) THEN
        RAISE EXCEPTION 'the register has a gap'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'training_certificate_without_gap', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER training_certificate_without_gap AFTER INSERT ON trainings_trainingcertificate
    REFERENCING NEW TABLE AS issued FOR EACH STATEMENT EXECUTE FUNCTION training_certificate_without_gap();
"""
UNDONE = """
DROP TRIGGER training_certificate_without_gap ON trainings_trainingcertificate;
DROP FUNCTION training_certificate_without_gap;
"""


class Migration(migrations.Migration):

    dependencies = [("trainings", "0026_answers_with")]

    operations = [
        migrations.AddConstraint(
            "trainingcertificate",
            models.CheckConstraint(
                name="training_certificate_of_its_year",
                condition=models.Q(issued_on__year=F("year")),
                violation_error_message="Giấy vào sổ của năm cấp.",
            ),
        ),
        migrations.RunSQL(RULES, UNDONE),
    ]
