"""What the database says when two jobs meet: leave it, the next run looks again."""

from psycopg2 import errors

COLLISIONS = (errors.SerializationFailure, errors.DeadlockDetected)
