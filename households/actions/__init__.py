"""Every write of the register, the survey and the statuses.

Keyword-only, one transaction each, `by=` who does it, and an Event. A broken rule comes out as
ValidationError in Vietnamese, a record somebody saved meanwhile as `thanhsen.concurrency.Stale`.
"""
