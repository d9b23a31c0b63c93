import { described } from "./description";

/**
 * The plant that is looked after: Microsoft's hundred machines of 2015 (Predictive Maintenance Modelling Guide). Another plant is
 * another content of this file, see examples/milling/.
 */
export const PLANT = described({
  sensors: [
    { name: "volt", unit: "V", plausible: [95, 260], recorded: [97.3, 255.1], mean: 170, deviation: 15 },
    { name: "rotate", unit: "rpm", plausible: [130, 700], recorded: [138.4, 695], mean: 450, deviation: 50 },
    { name: "pressure", unit: "psi", plausible: [50, 190], recorded: [51.2, 186], mean: 100, deviation: 10 },
    { name: "vibration", unit: "mm/s", plausible: [14, 80], recorded: [14.9, 76.8], mean: 40, deviation: 5 },
  ],
  errors: [
    { name: "error1", aloneAYear: 8.24 },
    { name: "error2", aloneAYear: 7.37 },
    { name: "error3", aloneAYear: 5.87 },
    { name: "error4", aloneAYear: 6.0 },
    { name: "error5", aloneAYear: 1.82 },
  ],
  components: [
    { name: "comp1", sensor: "volt", shift: 21, errors: ["error1"], risk: 0.226 },
    { name: "comp2", sensor: "rotate", shift: -81, errors: ["error2", "error3"], risk: 0.389 },
    { name: "comp3", sensor: "pressure", shift: 26, errors: ["error4"], risk: 0.127 },
    { name: "comp4", sensor: "vibration", shift: 10, errors: ["error5"], risk: 0.201 },
  ],
  models: [
    { name: "model1", share: 0.16, wear: 1.25 },
    { name: "model2", share: 0.17, wear: 1.15 },
    { name: "model3", share: 0.35, wear: 0.95 },
    { name: "model4", share: 0.32, wear: 0.85 },
  ],
  sensorHours: [3, 12, 24, 36],
  errorHours: [24, 48],
});
