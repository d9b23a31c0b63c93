import { z } from "zod";
import { group, oneOf } from "./allowed";
import { schedule } from "./schedule";

export const training = group({
  /** When the model is trained again. */
  schedule,
  /** Spark ML classifier. Default: RandomForest. */
  model: oneOf(["RandomForest", "DecisionTree", "GBT"]).default("RandomForest"),
  /** Hours ahead that a failure is predicted for; a multiple of 12 and so of every window, at most 168. Default: 24. */
  horizonHours: z
    .literal(
      Array.from({ length: 14 }, (_, window) => (window + 1) * 12),
      "a multiple of 12 hours, from 12 to 168",
    )
    .default(24),
});
