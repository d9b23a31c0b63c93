import { z } from "zod";
import { UserError } from "../../command-line/user-error";
import type { Read } from "../required";
import { call, fitting, type Method } from "./rest";
import type { Service } from "./service";

const body = z.string().nullish();
const comment = z.object({ id: z.int(), body });
const issue = z.object({ number: z.int(), body });

const PAGE = 100;

/** GitHub, as the token of a workflow may use it. Source: GitHub REST API, "Issues" and "Issue comments". */
export class GitHub implements Service {
  constructor(private readonly read: Read) {}

  async comment(about: string, markdown: string): Promise<void> {
    const [, pullRequest] = /^refs\/pull\/(\d+)\//.exec(this.read("GITHUB_REF")) ?? [];
    if (pullRequest === undefined) throw new UserError(`GITHUB_REF is ${this.read("GITHUB_REF")}, not a pull request`);
    const comments = `issues/${pullRequest}/comments`;
    const known = await this.find(comment, `${comments}?`, about);
    const text = { body: this.marked(about, markdown) };
    if (known) await this.send("PATCH", `issues/comments/${known.id}`, text);
    else await this.send("POST", comments, text);
  }

  async openIssue(about: string, markdown: string): Promise<void> {
    const known = await this.find(issue, "issues?state=open&", about);
    const text = { title: about, body: this.marked(about, markdown) };
    if (known) await this.send("PATCH", `issues/${known.number}`, text);
    else await this.send("POST", "issues", text);
  }

  async resolveIssue(about: string): Promise<void> {
    const known = await this.find(issue, "issues?state=open&", about);
    if (known) await this.send("PATCH", `issues/${known.number}`, { state: "closed" });
  }

  private marked(about: string, markdown: string): string {
    return `${marker(about)}\n${fitting(markdown)}`;
  }

  private async find<T extends z.infer<typeof comment> | z.infer<typeof issue>>(
    shape: z.ZodType<T>,
    list: string,
    about: string,
  ): Promise<T | undefined> {
    for (let page = 1; ; page += 1) {
      const texts = await this.ask("GET", `${list}per_page=${PAGE}&page=${page}`, z.array(shape));
      const found = texts.find((text) => text.body?.startsWith(marker(about)));
      if (found !== undefined || texts.length < PAGE) return found;
    }
  }

  private async send(method: "POST" | "PATCH", path: string, body: object): Promise<void> {
    await this.ask(method, path, z.unknown(), body);
  }

  private ask<T>(method: Method, path: string, shape: z.ZodType<T>, body?: object): Promise<T> {
    return call(`${this.read("GITHUB_API_URL")}/repos/${this.read("GITHUB_REPOSITORY")}/${path}`, shape, {
      method,
      headers: { authorization: `Bearer ${this.read("GITHUB_TOKEN")}`, accept: "application/vnd.github+json" },
      ...(body && { body }),
    });
  }
}

/** Begins what this program writes about something, so that it finds it again; GitHub does not show it. */
const marker = (about: string): string => `<!-- about: ${about} -->`;
