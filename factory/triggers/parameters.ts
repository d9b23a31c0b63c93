import type { Clock } from "../clock";
import { timeFunctions } from "../expressions/functions/dates";
import { eager } from "../expressions/functions/function";
import { evaluateJson } from "../expressions/template";
import { asText, type Json, type JsonObject } from "../json";
import type { TriggeredPipeline } from "./trigger-source";

/** The parameters that a trigger gives a pipeline: the only place where `trigger()` and `triggerBody()` exist. */
export function triggerParameters(
  { parameters }: TriggeredPipeline,
  trigger: JsonObject,
  body: Json,
  clock: Clock,
): Readonly<Record<string, Json>> {
  const scope = new Map([
    ...timeFunctions(clock),
    ["trigger", eager(0, 0, () => trigger)] as const,
    ["triggerbody", eager(0, 0, () => body)] as const,
  ]);
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, asText(evaluateJson(value, scope))]),
  );
}
