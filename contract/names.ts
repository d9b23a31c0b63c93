// Names in the factory that others ask for: the laptop, verifications, deployments, rules.

export const PIPELINES = {
  training: "training",
  scoring: "scoring",
  startScoring: "start_scoring",
  doorbell: "doorbell",
  verification: "verification",
  backfill: "backfill",
  newWork: "new_work",
} as const;

/** By pipeline, the activity that waits until the factory's answers can show a run. */
export const WAITS = {
  [PIPELINES.doorbell]: "until_all_rang",
  [PIPELINES.startScoring]: "until_it_is_seen",
} as const;

/** The activity that writes predictions. */
export const SCORING_ACTIVITY = "scoring";

/** The activity of the pipeline of new work that tells somebody of an item. */
export const TELL_ACTIVITY = "tell";

/** The activity of a verification that ends with what was predicted. */
export const REPORT_ACTIVITY = "report";

/** The trigger that new blobs of the landing container raise. */
export const NEW_BLOBS_TRIGGER = "new_blobs";

/** The trigger that starts a verification. */
export const KNOWN_PLANT_TRIGGER = "known_plant";
