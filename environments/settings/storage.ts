import { group, oneOf, whole } from "./allowed";

/** The storage account of the lake. */
export const storage = group({
  /** Azure's redundancy of the storage account; ZRS, GZRS and RAGZRS in some regions only. Default: LRS, three copies in one data centre. */
  replication: oneOf(["LRS", "ZRS", "GRS", "RAGRS", "GZRS", "RAGZRS"]).default("LRS"),
  /** Days after which a raw file moves to the cool tier, still read as before; 30 to 3650. Default: 90. No raw file is ever deleted. */
  coolAfterDays: whole(30, 3650, "days").default(90),
  /**
   * Days after which a raw file moves to the archive tier, from which it must be brought back before it can be read; more than
   * `coolAfterDays` and `data.lookBackDays`, and without zone redundancy, which has no archive. Default: never.
   */
  archiveAfterDays: whole(30, 3650, "days").optional(),
});
