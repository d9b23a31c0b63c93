import { createRestError, getClient, type Client, type ClientOptions } from "@azure-rest/core-client";
import { z } from "zod";
import { checked } from "../command-line/json";
import type { Azure } from "./azure";

type Query = Readonly<Record<string, string>>;

const pageOf = <T>(shape: z.ZodType<T>) => z.object({ value: z.array(shape), nextLink: z.string().nullish() });

/** Azure Resource Manager's REST interface: requests that Azure puts off are sent again, answers that are errors are thrown as `RestError`. */
export class ResourceManager {
  private readonly client: Client;
  readonly subscriptionId: string;

  constructor({ subscriptionId, credential, resourceManager }: Azure, options: ClientOptions = {}) {
    this.subscriptionId = subscriptionId;
    const { endpoint = "https://management.azure.com", tlsOptions } = resourceManager ?? {};
    this.client = getClient(endpoint, credential, {
      credentials: { scopes: ["https://management.azure.com/.default"] },
      ...(tlsOptions && { tlsOptions }),
      ...options,
    });
  }

  /** Whether Azure has something at an id. */
  async has(id: string, apiVersion: string): Promise<boolean> {
    return (await this.get(id, apiVersion, z.unknown())) !== undefined;
  }

  /** What is at an id; nothing where Azure has none of it. */
  async get<T>(id: string, apiVersion: string, shape: z.ZodType<T>, query: Query = {}): Promise<T | undefined> {
    const response = await this.client
      .pathUnchecked(id)
      .get({ queryParameters: { "api-version": apiVersion, ...query } });
    if (response.status === "404") return undefined;
    if (response.status !== "200") throw createRestError(response);
    return checked(`Azure's answer about ${id}`, shape, response.body);
  }

  /** All pages of a list; nothing where Azure does not know what it would be of. */
  async list<T>(
    id: string,
    apiVersion: string,
    shape: z.ZodType<T>,
    query: Query = {},
  ): Promise<readonly T[] | undefined> {
    const found: T[] = [];
    let page = await this.get(id, apiVersion, pageOf(shape), query);
    if (page === undefined) return undefined;
    for (;;) {
      found.push(...page.value);
      if (!page.nextLink) return found;
      const link: URL = new URL(page.nextLink);
      const more = Object.fromEntries(link.searchParams);
      page = (await this.get(link.pathname, apiVersion, pageOf(shape), more)) ?? { value: [] };
    }
  }

  async post<T>(id: string, apiVersion: string, shape: z.ZodType<T>, body: object, query: Query = {}): Promise<T> {
    return checked(`Azure's answer of ${id}`, shape, await this.send("post", id, apiVersion, body, query));
  }

  async put(id: string, apiVersion: string, body: object): Promise<void> {
    await this.send("put", id, apiVersion, body);
  }

  /** Deletes what is at an id, where there is something. */
  async delete(id: string, apiVersion: string): Promise<void> {
    const response = await this.client.pathUnchecked(id).delete({ queryParameters: { "api-version": apiVersion } });
    if (!/^2|^404$/.test(response.status)) throw createRestError(response);
  }

  private async send(
    method: "post" | "put",
    id: string,
    apiVersion: string,
    body: object,
    query: Query = {},
  ): Promise<unknown> {
    const response = await this.client
      .pathUnchecked(id)
      [method]({ queryParameters: { "api-version": apiVersion, ...query }, body });
    if (!/^2/.test(response.status)) throw createRestError(response);
    return response.body;
  }
}
