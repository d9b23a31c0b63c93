import { INCOMING, LANDS_LAST } from "../contract/lake";
import { KNOWN_PLANT_TRIGGER, NEW_BLOBS_TRIGGER } from "../contract/names";
import type { Names } from "../environments/naming";
import type { Schedule } from "../environments/settings/schedule";
import type { EnvironmentSettings } from "../environments/settings/settings";
import type { Pipelines } from "./pipelines";
import { blobEventTrigger, type Recurrence, type Trigger } from "./language/trigger";

/** What starts the pipelines. */
export function triggers(
  pipelines: Pipelines,
  settings: Pick<EnvironmentSettings, "training" | "scoring">,
  names: Pick<Names, "landingContainer" | "verificationContainer">,
): readonly Trigger[] {
  return [
    blobEventTrigger({
      name: NEW_BLOBS_TRIGGER,
      description: "A file of any table has landed, or has been replaced",
      events: ["Microsoft.Storage.BlobCreated"],
      blobPathBeginsWith: incomingOf(names.landingContainer),
      ignoreEmptyBlobs: true,
      pipelines: [pipelines.doorbell],
    }),
    {
      type: "ScheduleTrigger",
      name: "scoring_catch_up",
      description: "Scores what landed without an event: events can be late or missing",
      recurrence: { ...fromMidnight, frequency: "Hour", interval: settings.scoring.catchUpEveryHours },
      pipelines: [pipelines.scoring],
    },
    {
      type: "ScheduleTrigger",
      name: "training_schedule",
      description: "Trains on all that is known by then",
      recurrence: recurrence(settings.training.schedule),
      pipelines: [pipelines.training],
    },
    blobEventTrigger({
      name: KNOWN_PLANT_TRIGGER,
      description: "The known plant has landed, telemetry last",
      events: ["Microsoft.Storage.BlobCreated"],
      blobPathBeginsWith: `${incomingOf(names.verificationContainer)}${LANDS_LAST}/`,
      ignoreEmptyBlobs: true,
      pipelines: [pipelines.verification],
    }),
  ];
}

/** Where files land. */
const incomingOf = (container: string): string => `/${container}/blobs/${INCOMING}/`;

const fromMidnight = { startTime: "2025-01-01T00:00:00Z", timeZone: "UTC" } as const;

function recurrence(schedule: Schedule): Recurrence {
  return {
    ...fromMidnight,
    frequency: schedule.frequency,
    interval: 1,
    schedule: {
      hours: [schedule.hour],
      minutes: [schedule.minute],
      ...(schedule.frequency === "Week" && { weekDays: schedule.weekDays }),
      ...(schedule.frequency === "Month" && { monthDays: [schedule.monthDay] }),
    },
  };
}
