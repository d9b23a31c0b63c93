import { described } from "../../contract/description";

/**
 * Milling machines with the sensors and failure modes of the AI4I 2020 Predictive Maintenance Dataset (UCI Machine Learning
 * Repository 601). Ranges, means, deviations and shares are those of its columns; shifts lead into the conditions under which it
 * lets a mode fail; risks are made up, as the set has no time.
 */
export const PLANT = described({
  sensors: [
    { name: "air_temperature", unit: "K", plausible: [290, 315], recorded: [295.3, 304.5], mean: 300, deviation: 2 },
    {
      name: "process_temperature",
      unit: "K",
      plausible: [300, 325],
      recorded: [305.7, 313.8],
      mean: 310,
      deviation: 1.5,
    },
    {
      name: "rotational_speed",
      unit: "rpm",
      plausible: [1000, 3000],
      recorded: [1168, 2886],
      mean: 1539,
      deviation: 179,
    },
    { name: "torque", unit: "Nm", plausible: [0, 90], recorded: [3.8, 76.6], mean: 40, deviation: 10 },
    { name: "tool_wear", unit: "min", plausible: [0, 300], recorded: [0, 253], mean: 108, deviation: 64 },
  ],
  errors: [],
  components: [
    { name: "twf", sensor: "tool_wear", shift: 100, errors: [], risk: 0.3 },
    { name: "hdf", sensor: "air_temperature", shift: 3, errors: [], risk: 0.25 },
    { name: "pwf", sensor: "rotational_speed", shift: 600, errors: [], risk: 0.2 },
    { name: "osf", sensor: "torque", shift: 20, errors: [], risk: 0.2 },
  ],
  models: [
    { name: "L", share: 0.6, wear: 1.1 },
    { name: "M", share: 0.3, wear: 0.9 },
    { name: "H", share: 0.1, wear: 0.7 },
  ],
  sensorHours: [3, 12, 24, 48],
  errorHours: [24],
});
