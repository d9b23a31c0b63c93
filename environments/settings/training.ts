import { HORIZON_HOURS, MODEL } from "../../contract/widgets";
import { group, oneOf, valueOf } from "./allowed";
import { schedule } from "./schedule";

export const training = group({
  /** When the model is trained again. */
  schedule,
  /** Spark ML classifier. Default: RandomForest. */
  model: oneOf(MODEL.allowed).default(MODEL.usual),
  /** Hours ahead that a failure is predicted for; a multiple of 12 and so of every window, at most 168. Default: 24. */
  horizonHours: valueOf(HORIZON_HOURS, "hours ahead"),
});
