import { z } from "zod";
import { GATHER_SECONDS } from "../../contract/widgets";
import { group, valueOf } from "./allowed";

/** When scoring runs. */
export const scoring = group({
  /** Hours between the runs that wait for no blob event, because events can be lost; divides the day. Default: 6. */
  catchUpEveryHours: z
    .literal([1, 2, 3, 4, 6, 8, 12, 24], "hours that divide the day: 1, 2, 3, 4, 6, 8, 12 or 24")
    .default(6),
  /**
   * Seconds for which blobs that land are gathered into one run: scoring starts twice as long after the last of them. The factory's
   * answers must show a run within as many seconds. 5, 10, 15, 20, 30 or 60. Default: 15.
   */
  gatherSeconds: valueOf(GATHER_SECONDS, "seconds that divide the minute"),
});
