import { type Factory, FactoryError, type Json } from "adf-local";
import { ZodError } from "zod";
import { ApiError, issuesOf } from "../http/api-error";
import { LEFT } from "../http/reply";
import type { ApiRequest, Handler, Route } from "../http/route";
import type { ActivityLog } from "./activity-log";
import { createRunRoutes, pipelineRoutes } from "./pipelines";
import { runRoutes } from "./runs";
import { triggerOperationRoutes, triggerRoutes } from "./triggers";

export interface FactoryApiProps {
  readonly factory: Factory;
  /** What {@link Factory} tells goes to it: so an activity is known before its run has ended. */
  readonly activities: ActivityLog;
  /** Azure's word for a place, such as `westeurope`. */
  readonly location: string;
}

const FACTORIES = "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.DataFactory/factories";
const VERSION = "2018-06-01";

/** A handler that also knows the id of the factory, as where it would be in Azure. */
export type FactoryHandler = (request: ApiRequest, id: string) => ReturnType<Handler>;

/** A route below the factory's own path. */
export interface FactoryRoute extends Omit<Route, "handle"> {
  readonly handle: FactoryHandler;
}

/**
 * Data Factory's REST API 2018-06-01 for a factory that runs here, in any subscription and resource group. Its pipelines and triggers are as they
 * were loaded; they are run and read, and not changed.
 */
export function factoryRoutes(props: FactoryApiProps): readonly Route[] {
  const { factory, location } = props;
  const itself: FactoryRoute = {
    method: "GET",
    path: "",
    handle: (_, id) => ({
      id,
      name: factory.definition.name,
      type: "Microsoft.DataFactory/factories",
      location,
      tags: {},
      properties: {
        provisioningState: "Succeeded",
        version: VERSION,
        globalParameters: Object.fromEntries(
          Object.entries(factory.definition.globalParameters).map(([name, value]) => [
            name,
            { type: typeOf(value), value },
          ]),
        ),
      },
    }),
  };
  const reading = [itself, ...pipelineRoutes(props), ...triggerRoutes(props)];
  const others: Route = {
    method: "GET",
    path: `${FACTORIES}/{factory}/{path*}`,
    handle: (request) => elsewhere(request, factory),
  };
  return [
    ...below(factory, reading),
    ...operationRoutes(props),
    ...(["GET", "POST"] as const).flatMap((method) => [
      { ...others, method },
      { ...others, method, path: `${FACTORIES}/{factory}` },
    ]),
  ];
}

/** What a factory does: its runs, and what starts them. It is read and written otherwise. */
export function operationRoutes(props: FactoryApiProps): readonly Route[] {
  return below(props.factory, [...createRunRoutes(props), ...runRoutes(props), ...triggerOperationRoutes(props)]);
}

function below(factory: Factory, routes: readonly FactoryRoute[]): readonly Route[] {
  const root = `${FACTORIES}/${encodeURIComponent(factory.definition.name)}`;
  return routes.map(({ method, path, handle }) => ({
    method,
    path: root + path,
    handle: (request) => answered(factory, request, handle),
  }));
}

function elsewhere({ names }: ApiRequest, { definition }: Factory): typeof LEFT {
  if (names["factory"]!.toLowerCase() === definition.name.toLowerCase()) return LEFT;
  throw new ApiError(
    404,
    "ResourceNotFound",
    `The Resource 'Microsoft.DataFactory/factories/${names["factory"]}' under resource group '${names["group"]}' was not found: on this machine runs ${definition.name}.`,
  );
}

/** Data Factory's name for the type of a global parameter. */
function typeOf(value: Json): string {
  if (typeof value === "string") return "String";
  if (typeof value === "boolean") return "Bool";
  if (typeof value === "number") return Number.isInteger(value) ? "Int" : "Float";
  return Array.isArray(value) ? "Array" : "Object";
}

async function answered(
  { definition }: Factory,
  request: ApiRequest,
  handle: FactoryHandler,
): Promise<Awaited<ReturnType<Handler>>> {
  const { names, query } = request;
  const asked = query.get("api-version");
  if (asked !== VERSION)
    throw new ApiError(400, "InvalidApiVersionParameter", `api-version is ${asked ?? "missing"}; allowed: ${VERSION}`);
  const id = `${FACTORIES.replace(/\{(\w+)\}/g, (_, part: string) => names[part]!)}/${definition.name}`;
  try {
    return await handle(request, id);
  } catch (error) {
    if (error instanceof FactoryError) throw new ApiError(400, "BadRequest", error.message);
    if (error instanceof ZodError) throw new ApiError(400, "BadRequest", issuesOf(error));
    throw error;
  }
}
