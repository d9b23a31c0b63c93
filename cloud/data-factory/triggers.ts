import type { Factory } from "adf-local";
import { ApiError } from "../http/api-error";
import type { FactoryApiProps, FactoryRoute } from "./factory-routes";
import { findNamed } from "./named";

type Definition = Factory["definition"];
type Trigger = Definition["blobEventsTriggers" | "scheduleTriggers" | "tumblingWindowTriggers"][number];

/** The triggers of a factory. */
export function triggerRoutes({ factory }: FactoryApiProps): readonly FactoryRoute[] {
  return [
    { method: "GET", path: "/triggers", handle: (_, id) => allOf(factory, id) },
    {
      method: "GET",
      path: "/triggers/{trigger}",
      handle: ({ names }, id) => resource(factory, find(factory, names["trigger"]!), id),
    },
  ];
}

/** What turns a trigger on and off, and subscribes it to events. */
export function triggerOperationRoutes({ factory }: FactoryApiProps): readonly FactoryRoute[] {
  const subscribed = new Set<string>();
  /** Of a trigger that is on events are delivered; one that is off may be subscribed before it is started. */
  const subscription = (name: string, change?: (trigger: string) => void) => {
    const trigger = find(factory, name);
    if (trigger.properties.type !== "BlobEventsTrigger")
      throw new ApiError(
        400,
        "BadRequest",
        `${trigger.name} is a ${trigger.properties.type}, which waits for no events`,
      );
    change?.(trigger.name);
    const isEnabled = subscribed.has(trigger.name) || factory.triggers.isStarted(trigger.name);
    return { triggerName: trigger.name, status: isEnabled ? "Enabled" : "Disabled" };
  };
  const unsubscribe = (trigger: string): void => {
    if (factory.triggers.isStarted(trigger))
      throw new ApiError(400, "BadRequest", `${trigger} is started: stop it before its events are no longer delivered`);
    subscribed.delete(trigger);
  };
  const turn = (name: string, state: "Started" | "Stopped"): undefined => {
    const trigger = find(factory, name).name;
    factory.triggers.set(trigger, state);
    if (state === "Stopped") subscribed.delete(trigger);
  };
  return [
    { method: "POST", path: "/querytriggers", handle: (_, id) => allOf(factory, id) },
    { method: "POST", path: "/triggers/{trigger}/start", handle: ({ names }) => turn(names["trigger"]!, "Started") },
    { method: "POST", path: "/triggers/{trigger}/stop", handle: ({ names }) => turn(names["trigger"]!, "Stopped") },
    {
      method: "POST",
      path: "/triggers/{trigger}/subscribeToEvents",
      handle: ({ names }) => subscription(names["trigger"]!, (trigger) => subscribed.add(trigger)),
    },
    {
      method: "POST",
      path: "/triggers/{trigger}/unsubscribeFromEvents",
      handle: ({ names }) => subscription(names["trigger"]!, unsubscribe),
    },
    {
      method: "POST",
      path: "/triggers/{trigger}/getEventSubscriptionStatus",
      handle: ({ names }) => subscription(names["trigger"]!),
    },
  ];
}

function triggersOf({ definition }: Factory): readonly Trigger[] {
  const { blobEventsTriggers, scheduleTriggers, tumblingWindowTriggers } = definition;
  return [...blobEventsTriggers, ...scheduleTriggers, ...tumblingWindowTriggers];
}

const find = (factory: Factory, name: string): Trigger => findNamed("trigger", triggersOf(factory), name);

function allOf(factory: Factory, factoryId: string): object {
  return { value: triggersOf(factory).map((trigger) => resource(factory, trigger, factoryId)) };
}

function resource(factory: Factory, { name, properties }: Trigger, factoryId: string): object {
  const { pipelines, ...more } = properties;
  const started =
    properties.type === "TumblingWindowTrigger"
      ? { ...(pipelines[0] !== undefined && { pipeline: pipelines[0] }) }
      : { pipelines };
  return {
    id: `${factoryId}/triggers/${name}`,
    name,
    type: "Microsoft.DataFactory/factories/triggers",
    properties: { ...more, ...started, runtimeState: factory.triggers.of(name) },
  };
}
