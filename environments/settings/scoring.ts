import { z } from "zod";
import { GATHER_SECONDS } from "../../contract/widgets";
import { group, text, valueOf } from "./allowed";

/** Who is told of each item that scoring opens on the work list. */
const newWork = group({
  /**
   * Address that gets a POST with the item as JSON. It holds no secret: pipelines and states do not hide it. Whoever answers there checks the
   * token of the factory's identity. A Logic App needs `?api-version=2016-10-01`.
   */
  webhook: text(
    /^https:\/\/[A-Za-z0-9.-]+(:\d+)?(\/[^\s?#@]*)?(\?api-version=[\w.-]+)?$/,
    "an https address without user and #, with nothing after ? but api-version; a signature in it would be a secret in pipelines and states",
  ),
  /** Application ID URI of the receiver in Entra, whom the token is for. */
  audience: text(/^api:\/\/[\w./-]+$/, "the Application ID URI of the receiver, such as api://crew"),
});

export type NewWorkReceiver = z.output<typeof newWork>;

/** When scoring runs, and who is told. */
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
  /** Default: nobody is told, the work list is there to be read. */
  newWork: newWork.optional(),
});
