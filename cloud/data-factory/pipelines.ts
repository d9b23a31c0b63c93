import { type Factory, type Json, type PipelineRun, planRerun, type Rerun } from "adf-local";
import { z } from "zod";
import { ApiError } from "../http/api-error";
import type { FactoryApiProps, FactoryRoute } from "./factory-routes";
import { findNamed } from "./named";

type Pipeline = Factory["definition"]["pipelines"][number];

const parameters = z.record(z.string(), z.json()).default({});

/** The pipelines of a factory. */
export function pipelineRoutes({ factory }: FactoryApiProps): readonly FactoryRoute[] {
  const { pipelines } = factory.definition;
  return [
    {
      method: "GET",
      path: "/pipelines",
      handle: (_, id) => ({ value: pipelines.map((pipeline) => resource(pipeline, id)) }),
    },
    {
      method: "GET",
      path: "/pipelines/{pipeline}",
      handle: ({ names }, id) => resource(findNamed("pipeline", pipelines, names["pipeline"]!), id),
    },
  ];
}

/** What starts a pipeline. */
export function createRunRoutes({ factory }: FactoryApiProps): readonly FactoryRoute[] {
  return [
    {
      method: "POST",
      path: "/pipelines/{pipeline}/createRun",
      handle: ({ names, query, body }) => {
        const { name } = findNamed("pipeline", factory.definition.pipelines, names["pipeline"]!);
        const given: Readonly<Record<string, Json>> = parameters.parse(body);
        const earlier = query.get("referencePipelineRunId");
        if (earlier === null) return { runId: factory.start(name, { parameters: given }).runId };
        const run = ofPipeline(factory, name, earlier);
        const isRecovery = query.get("isRecovery")?.toLowerCase() === "true";
        if (!isRecovery) return { runId: factory.start(name, { parameters: { ...run.parameters, ...given } }).runId };
        return { runId: factory.startRerun(rerunOf(factory, run, query)).runId };
      },
    },
  ];
}

function resource({ name, properties }: Pipeline, factoryId: string): object {
  return { id: `${factoryId}/pipelines/${name}`, name, type: "Microsoft.DataFactory/factories/pipelines", properties };
}

/** The run that another one is to be like. Source of the refusal: MicrosoftDocs/azure-docs#38179. */
function ofPipeline({ history }: Factory, pipeline: string, runId: string): PipelineRun {
  const run = history.runs.find((ended) => ended.runId === runId && ended.pipeline === pipeline);
  if (run !== undefined) return run;
  throw new ApiError(
    400,
    "ReferencedPipelineRunNotValid",
    `Referenced pipeline run id ${runId} is not a valid run id.`,
    `pipeline/${pipeline}/`,
  );
}

/** From the activity that is asked for, from the one that failed, or all of it. */
function rerunOf({ definition }: Factory, run: PipelineRun, query: URLSearchParams): Rerun {
  const failed = run.activities.find(({ status }) => status === "Failed")?.name;
  const fromFailure = query.get("startFromFailure")?.toLowerCase() === "true";
  const from = query.get("startActivityName") ?? (fromFailure ? failed : undefined);
  return from === undefined ? { run, kept: new Map() } : planRerun(definition, [run], from);
}
