import type { Plant } from "../../contract/description";
import { mistakesIn, requireSound } from "../../contract/mistakes";
import { PLANT } from "../../contract/plant";
import { PLANT as MILLING } from "../../examples/milling/plant";

const plant: Plant = PLANT;
const [volt, ...sensors] = plant.sensors;
const [comp1, ...components] = plant.components;
const HOURS =
  "allowed: 24 and others up to 168, the shortest first, each a multiple of every length of a window (1, 3, 4, 6, 12) or shorter";

test.each([
  ["the plant that is looked after", PLANT],
  ["the example of another one", MILLING],
])("%s has no mistakes", (_, described) => {
  expect(mistakesIn(described)).toEqual([]);
});

test.each<[string, Partial<Plant>, string]>([
  [
    "two sensors of one name",
    { sensors: [volt, ...sensors, volt] },
    'sensor "volt": there is another sensor of this name',
  ],
  [
    "an error called as a sensor is",
    { errors: [...plant.errors, { name: "volt", aloneAYear: 1 }] },
    'error "volt": there is also a sensor of this name',
  ],
  [
    "a name that SQL would not take without quotes",
    { sensors: [volt, ...sensors, { ...volt, name: "Air temperature [K]" }] },
    'sensor "Air temperature [K]": a name begins with a small letter; at most 30 of a to z, 0 to 9 and _ follow',
  ],
  [
    "the name of something else",
    { components: [comp1, { ...comp1, name: "maintenance" }] },
    'component "maintenance": the product has this name for something else',
  ],
  [
    "the name of another sensor's feature",
    { sensors: [volt, ...sensors, { ...volt, name: "volt_max" }] },
    'sensor "volt_max": a column about the sensor volt may have this name',
  ],
  [
    "a sensor that is no better than its limits",
    { sensors: [{ ...volt, plausible: [100, 260] }, ...sensors] },
    'sensor "volt": recorded is 97.3 to 255.1; allowed: within plausible, 100 to 260',
  ],
  [
    "a component that shows in no sensor",
    { components: [{ ...comp1, sensor: "noise" }, ...components] },
    'component "comp1": sensor is "noise"; allowed: volt, rotate, pressure, vibration',
  ],
  [
    "a component that logs what there is not",
    { components: [{ ...comp1, errors: ["error9"] }, ...components] },
    'component "comp1": there is no error "error9"',
  ],
  [
    "a component without a sign",
    { components: [{ ...comp1, shift: 0 }, ...components] },
    'component "comp1": shift is 0; allowed: by how much its sensor moves before a failure, up or down',
  ],
  ["spans without a day", { errorHours: [48] }, `errorHours is [48]; ${HOURS}`],
  ["a span that windows do not divide", { sensorHours: [3, 18, 24] }, `sensorHours is [3,18,24]; ${HOURS}`],
])("%s is refused", (_, mistaken, message) => {
  expect(mistakesIn({ ...plant, ...mistaken })).toEqual([message]);
});

test("a component whose sensor nobody wrote is refused", () => {
  const mistaken = { ...plant, components: [{ ...comp1, sensor: undefined }] } as unknown as Plant;
  expect(mistakesIn(mistaken)).toEqual([
    'component "comp1": sensor is missing; allowed: volt, rotate, pressure, vibration',
  ]);
});

test("all mistakes are in one message", () => {
  expect(() => requireSound({ ...plant, errorHours: [], sensors: [volt, volt] })).toThrow(
    /^contract\/plant\.ts is not valid:\n {2}sensor "volt".*\n {2}component "comp2".*\n(.*\n)+ {2}errorHours is \[\]/,
  );
});
