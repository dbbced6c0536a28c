from . import invitation, messages, portal
