"""The plant that is simulated.

Written by `npm run contract` from `contract/plant.ts`: change it there.
"""

from typing import Final

COLUMNS: Final = {
    "machines": ("machineID", "model", "age"),
    "telemetry": ("datetime", "machineID", "volt", "rotate", "pressure", "vibration"),
    "errors": ("datetime", "machineID", "errorID"),
    "maint": ("datetime", "machineID", "comp"),
    "failures": ("datetime", "machineID", "failure"),
}
SENSORS: Final = {
    "volt": (170, 15, 97.3, 255.1),
    "rotate": (450, 50, 138.4, 695),
    "pressure": (100, 10, 51.2, 186),
    "vibration": (40, 5, 14.9, 76.8),
}
ERRORS: Final = {"error1": 8.24, "error2": 7.37, "error3": 5.87, "error4": 6, "error5": 1.82}
COMPONENTS: Final = {
    "comp1": ("volt", 21, ("error1",), 0.226),
    "comp2": ("rotate", -81, ("error2", "error3"), 0.389),
    "comp3": ("pressure", 26, ("error4",), 0.127),
    "comp4": ("vibration", 10, ("error5",), 0.201),
}
MODELS: Final = {"model1": (0.16, 1.25), "model2": (0.17, 1.15), "model3": (0.35, 0.95), "model4": (0.32, 0.85)}
