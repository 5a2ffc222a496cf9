"""The lists of the wing taken away as workbooks, each at the address of its page followed by one more word."""

from households.exchange.lists import home, households, register, season, survey, totals
from thanhsen.views.lists import export_of

household_export = export_of(households.HOUSEHOLDS)
register_export = export_of(register.REGISTER)
round_export = export_of(survey.ROUNDS)
sheet_export = export_of(survey.SHEETS)
listed_export = export_of(survey.LISTED)
request_export = export_of(season.REQUESTS)
decision_export = export_of(season.DECISIONS)
decided_export = export_of(season.DECIDED)
certificate_export = export_of(season.CERTIFICATES)
support_export = export_of(home.SUPPORTS)
life_export = export_of(home.EVENTS)
total_export = export_of(totals.EXPORTED)
