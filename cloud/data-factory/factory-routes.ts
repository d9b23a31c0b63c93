import { type Factory, FactoryError, type Json } from "adf-local";
import { ZodError } from "zod";
import { ApiError, issuesOf } from "../http/api-error";
import type { ApiRequest, Handler, Route } from "../http/route";
import type { ActivityLog } from "./activity-log";
import { pipelineRoutes } from "./pipelines";
import { runRoutes } from "./runs";
import { triggerRoutes } from "./triggers";

export interface FactoryApiProps {
  readonly factory: Factory;
  /** What {@link Factory} tells goes to it: so an activity is known before its run has ended. */
  readonly activities: ActivityLog;
  /** Azure's word for a place, such as `westeurope`. */
  readonly location: string;
}

const FACTORY =
  "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.DataFactory/factories/{factory}";
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
  return [itself, ...pipelineRoutes(props), ...runRoutes(props), ...triggerRoutes(props)].map(
    ({ method, path, handle }) => ({
      method,
      path: FACTORY + path,
      handle: (request) => answered(factory, request, handle),
    }),
  );
}

/** Data Factory's name for the type of a global parameter. */
function typeOf(value: Json): string {
  if (typeof value === "string") return "String";
  if (typeof value === "boolean") return "Bool";
  if (typeof value === "number") return Number.isInteger(value) ? "Int" : "Float";
  return Array.isArray(value) ? "Array" : "Object";
}

async function answered(factory: Factory, request: ApiRequest, handle: FactoryHandler): Promise<object | undefined> {
  const { names, query } = request;
  const asked = query.get("api-version");
  if (asked !== VERSION)
    throw new ApiError(400, "InvalidApiVersionParameter", `api-version is ${asked ?? "missing"}; allowed: ${VERSION}`);
  const { name } = factory.definition;
  if (names["factory"]!.toLowerCase() !== name.toLowerCase())
    throw new ApiError(
      404,
      "ResourceNotFound",
      `The Resource 'Microsoft.DataFactory/factories/${names["factory"]}' under resource group '${names["group"]}' was not found: on this machine runs ${name}.`,
    );
  const id = FACTORY.replace(/\{(\w+)\}/g, (_, part: string) => (part === "factory" ? name : names[part]!));
  try {
    return await handle(request, id);
  } catch (error) {
    if (error instanceof FactoryError) throw new ApiError(400, "BadRequest", error.message);
    if (error instanceof ZodError) throw new ApiError(400, "BadRequest", issuesOf(error));
    throw error;
  }
}
