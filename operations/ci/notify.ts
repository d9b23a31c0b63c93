import { existsSync, readFileSync } from "node:fs";
import { UserError } from "../../command-line/user-error";
import { readNotice } from "./request";
import { runningService } from "./running";

/** `npm run ci`: tells people by the service that runs this process. Throws `UserError` where none does. */
export async function notify(parameters: readonly string[]): Promise<void> {
  const notice = readNotice(parameters);
  if (notice === undefined) return;
  const { action, about, file } = notice;
  const service = runningService(process.env);
  if (action === "resolve") return service.resolveIssue(about);
  if (file === undefined || !existsSync(file))
    throw new UserError(`--file is ${JSON.stringify(file)}; allowed: a file that is there`, 2);
  const text = readFileSync(file, "utf8");
  await (action === "comment" ? service.comment(about, text) : service.openIssue(about, text));
}
