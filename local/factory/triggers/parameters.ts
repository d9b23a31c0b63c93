import type { TriggeredPipeline } from "../../terraform-resources";
import { eager } from "../expressions/functions/function";
import { evaluateText } from "../expressions/template";
import { asText, type Json, type JsonObject } from "../json";

/** The parameters that a trigger gives a pipeline: the only place where `trigger()` and `triggerBody()` exist. */
export function triggerParameters(pipeline: TriggeredPipeline, trigger: JsonObject): Readonly<Record<string, Json>> {
  const { outputs } = trigger as { readonly outputs?: { readonly body?: Json } };
  const scope = new Map([
    ["trigger", eager(0, 0, () => trigger)],
    ["triggerbody", eager(0, 0, () => outputs?.body ?? null)],
  ]);
  return Object.fromEntries(
    Object.entries(pipeline.parameters).map(([name, value]) => [name, asText(evaluateText(value, scope))]),
  );
}
