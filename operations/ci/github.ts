import { UserError } from "../../command-line/user-error";
import type { Read } from "../required";
import { call, fitting } from "./rest";
import type { Service } from "./service";

interface Text {
  readonly id: number;
  readonly number: number;
  readonly body: string | null;
}

const PAGE = 100;

/** GitHub, as the token of a workflow may use it. Source: GitHub REST API, "Issues" and "Issue comments". */
export class GitHub implements Service {
  constructor(private readonly read: Read) {}

  async comment(about: string, markdown: string): Promise<void> {
    const [, pullRequest] = /^refs\/pull\/(\d+)\//.exec(this.read("GITHUB_REF")) ?? [];
    if (pullRequest === undefined) throw new UserError(`GITHUB_REF is ${this.read("GITHUB_REF")}, not a pull request`);
    const comments = `issues/${pullRequest}/comments`;
    const known = await this.find(`${comments}?`, about);
    const body = { body: this.marked(about, markdown) };
    if (known) await this.send("PATCH", `issues/comments/${known.id}`, body);
    else await this.send("POST", comments, body);
  }

  async openIssue(about: string, markdown: string): Promise<void> {
    const known = await this.find("issues?state=open&", about);
    const issue = { title: about, body: this.marked(about, markdown) };
    if (known) await this.send("PATCH", `issues/${known.number}`, issue);
    else await this.send("POST", "issues", issue);
  }

  async resolveIssue(about: string): Promise<void> {
    const known = await this.find("issues?state=open&", about);
    if (known) await this.send("PATCH", `issues/${known.number}`, { state: "closed" });
  }

  private marked(about: string, markdown: string): string {
    return `${marker(about)}\n${fitting(markdown)}`;
  }

  private async find(list: string, about: string): Promise<Text | undefined> {
    for (let page = 1; ; page += 1) {
      const texts = await this.send<readonly Text[]>("GET", `${list}per_page=${PAGE}&page=${page}`);
      const found = texts.find(({ body }) => body?.startsWith(marker(about)));
      if (found !== undefined || texts.length < PAGE) return found;
    }
  }

  private send<T>(method: "GET" | "POST" | "PATCH", path: string, body?: object): Promise<T> {
    return call<T>(`${this.read("GITHUB_API_URL")}/repos/${this.read("GITHUB_REPOSITORY")}/${path}`, {
      method,
      headers: { authorization: `Bearer ${this.read("GITHUB_TOKEN")}`, accept: "application/vnd.github+json" },
      ...(body && { body }),
    });
  }
}

/** Begins what this program writes about something, so that it finds it again; GitHub does not show it. */
const marker = (about: string): string => `<!-- about: ${about} -->`;
