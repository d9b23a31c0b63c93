import { LANDED } from "./lake";
import { PLANT } from "./plant";
import { pythonConstants } from "./python-constants";

/** The plant as a module of the simulator. */
export const SIMULATOR = "local/plant/description.py";

/** The text of the module. */
export function simulatorModule(): string {
  const { sensors, errors, components, models } = PLANT;
  return [
    '"""The plant that is simulated.',
    "",
    "Written by `npm run contract` from `contract/plant.ts`: change it there.",
    '"""',
    "",
    "from typing import Final",
    "",
    ...pythonConstants({
      COLUMNS: LANDED,
      SENSORS: Object.fromEntries(
        sensors.map(({ name, mean, deviation, recorded }) => [name, [mean, deviation, ...recorded]]),
      ),
      ERRORS: Object.fromEntries(errors.map(({ name, aloneAYear }) => [name, aloneAYear])),
      COMPONENTS: Object.fromEntries(
        components.map(({ name, sensor, shift, errors, risk }) => [name, [sensor, shift, errors, risk]]),
      ),
      MODELS: Object.fromEntries(models.map(({ name, share, wear }) => [name, [share, wear]])),
    }),
    "",
  ].join("\n");
}
