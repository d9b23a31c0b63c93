import { z } from "zod";
import { issuesOf } from "../http/api-error";
import type { Reply } from "../http/reply";
import type { ApiRequest, Route } from "../http/route";
import { DatabricksError } from "./databricks-error";
import type { WorkspaceStore } from "./workspace-store";

export type Workspaces = (host: string) => WorkspaceStore | undefined;

/** A request of Databricks' API, below `/api/{version}`. */
export interface Operation {
  readonly method: Route["method"];
  readonly path: string;
  /** Answers for the workspace that is asked. What zod refuses of a request is refused in Databricks' words. */
  readonly handle: (store: WorkspaceStore, request: ApiRequest) => object | Reply;
}

export function operation(method: Route["method"], path: string, handle: Operation["handle"]): Operation {
  return { method, path, handle };
}

const VERSIONS = ["2.0", "2.1"];

export function routeOf({ method, path, handle }: Operation, workspaces: Workspaces): Route {
  return {
    method,
    path: `/api/{version}${path}`,
    handle: async (request) => {
      const { host, names } = request;
      const store = workspaces(host);
      if (store === undefined) throw new DatabricksError(`there is no workspace at ${host}`, "NOT_FOUND", 404);
      if (!VERSIONS.includes(names["version"]!))
        throw new DatabricksError(`No API found for version ${names["version"]}.`, "ENDPOINT_NOT_FOUND", 404);
      try {
        return handle(store, request);
      } catch (error) {
        if (!(error instanceof z.ZodError)) throw error;
        throw new DatabricksError(issuesOf(error));
      }
    },
  };
}
