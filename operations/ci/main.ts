import { Command } from "commander";
import { existsSync, readFileSync } from "node:fs";
import { parse } from "../../command-line/parse";
import { UserError } from "../../command-line/user-error";
import { runOperation } from "../command";
import { runningService } from "./running";

const DESCRIPTION =
  "Notifies people from a pipeline: comments on the pull request, opens an issue, or marks it as resolved.";

const ACTIONS = ["comment", "issue", "resolve"];

void runOperation(async () => {
  const program = new Command("npm run ci --")
    .description(DESCRIPTION)
    .argument("<action>", ACTIONS.join(", "))
    .requiredOption("--about <title>", "the title; a later message with the same title replaces the earlier one")
    .option("--file <file>", "comment, issue: the text, in Markdown");
  if (!parse(program, process.argv.slice(2))) return;
  const [action] = program.processedArgs as [string];
  const { about, file } = program.opts<{ about: string; file?: string }>();
  if (!ACTIONS.includes(action))
    throw new UserError(`the action is ${JSON.stringify(action)}; allowed: ${ACTIONS.join(", ")}`, 2);
  const service = runningService(process.env);
  if (action === "resolve") return service.resolveIssue(about);
  if (file === undefined || !existsSync(file))
    throw new UserError(`--file is ${JSON.stringify(file)}; allowed: a file that is there`, 2);
  const text = readFileSync(file, "utf8");
  await (action === "comment" ? service.comment(about, text) : service.openIssue(about, text));
});
