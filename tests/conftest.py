"""Laws fail for what the program does, never for how fast a machine is or which examples a seed begins with."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "laws", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
)
settings.load_profile("laws")
