"""Exchange of entries with another PC over a link. `http` is a module of its own, loaded when it is needed."""

from akimat_desk.sync.exchange import Exchange, Report
from akimat_desk.sync.link import InProcessLink, Link

__all__ = ["Exchange", "InProcessLink", "Link", "Report"]
