"""The yearly report in words (báo cáo kết quả rà soát): the figures of the official forms, told."""

from households.reports.narrative.composed import Draft, compose

__all__ = ["Draft", "compose"]
