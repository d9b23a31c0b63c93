import { z } from "zod";
import type { Read } from "../required";
import { call, fitting, type Method } from "./rest";
import type { Service } from "./service";

const VERSION = "api-version=7.1";

const threadList = z.object({
  value: z.array(z.object({ id: z.int(), comments: z.array(z.object({ content: z.string().nullish() })) })),
});

const itemList = z.object({ workItems: z.array(z.object({ id: z.int() })) });

/** Azure DevOps, as the token of a pipeline may use it. Source: Azure DevOps REST API 7.1, "Pull Request Threads" and "Work Items". */
export class AzureDevOps implements Service {
  constructor(private readonly read: Read) {}

  async comment(about: string, markdown: string): Promise<void> {
    const repository = this.read("BUILD_REPOSITORY_ID");
    const threads = `git/repositories/${repository}/pullRequests/${this.read("SYSTEM_PULLREQUEST_PULLREQUESTID")}/threads`;
    const { value } = await this.ask("GET", `${threads}?${VERSION}`, threadList);
    const heading = `**${about}**`;
    const content = `${heading}\n\n${fitting(markdown)}`;
    const known = value.find(({ comments }) => comments[0]?.content?.startsWith(heading));
    if (known) await this.send("PATCH", `${threads}/${known.id}/comments/1?${VERSION}`, { content });
    else
      await this.send("POST", `${threads}?${VERSION}`, {
        comments: [{ parentCommentId: 0, content, commentType: "text" }],
        status: "active",
      });
  }

  async openIssue(about: string, markdown: string): Promise<void> {
    const fields = [
      ["System.Title", about],
      ["System.Description", fitting(markdown)],
    ].map(([name, value]) => ({ op: "add", path: `/fields/${name}`, value }));
    const format = { op: "add", path: "/multilineFieldsFormat/System.Description", value: "Markdown" };
    const known = await this.find(about);
    if (known === undefined) await this.patch("POST", "wit/workitems/$Issue", [...fields, format]);
    else await this.patch("PATCH", `wit/workitems/${known}`, fields);
  }

  /** Which state is the last one differs between processes: people close it. */
  async resolveIssue(about: string): Promise<void> {
    const known = await this.find(about);
    if (known === undefined) return;
    const history = { op: "add", path: "/fields/System.History", value: "This no longer occurs." };
    await this.patch("PATCH", `wit/workitems/${known}`, [history]);
  }

  private async find(about: string): Promise<number | undefined> {
    const query = `SELECT [System.Id] FROM workitems WHERE [System.TeamProject] = @project AND [System.Title] = '${about.replaceAll("'", "''")}' AND [System.State] NOT IN ('Done', 'Closed', 'Resolved', 'Removed')`;
    const { workItems } = await this.ask("POST", `wit/wiql?${VERSION}`, itemList, { query });
    return workItems[0]?.id;
  }

  private patch(method: "POST" | "PATCH", path: string, operations: readonly object[]): Promise<void> {
    return this.send(method, `${path}?${VERSION}`, operations, "application/json-patch+json");
  }

  private async send(method: "POST" | "PATCH", path: string, body: object, type?: string): Promise<void> {
    await this.ask(method, path, z.unknown(), body, type);
  }

  private ask<T>(
    method: Method,
    path: string,
    shape: z.ZodType<T>,
    body?: object,
    type = "application/json",
  ): Promise<T> {
    const project = encodeURIComponent(this.read("SYSTEM_TEAMPROJECT"));
    return call(`${this.read("SYSTEM_COLLECTIONURI")}${project}/_apis/${path}`, shape, {
      method,
      headers: { authorization: `Bearer ${this.read("SYSTEM_ACCESSTOKEN")}`, "content-type": type },
      ...(body && { body }),
    });
  }
}
