import { z } from "zod";
import { held } from "../../clock";
import { evaluateJson } from "../../expressions/template";
import { asText, findName, json, type Json, type JsonObject } from "../../json";
import type { Services, Work, WorkContext } from "./activity";

/** The service's own pages write both `jobId` and `jobID`. */
const properties = z.preprocess(
  (written) => {
    const read = z.record(z.string(), json).safeParse(written);
    if (!read.success) return written;
    const name = findName(Object.keys(read.data), "jobId");
    return name === undefined ? written : { ...read.data, jobId: read.data[name] };
  },
  z.looseObject({ jobId: json, jobParameters: z.record(z.string(), json).default({}) }),
);

/** Runs a job of the workspace. */
export class DatabricksJob implements Work {
  readonly inner = [];
  readonly hasPolicy = true;
  private readonly properties: z.infer<typeof properties>;

  constructor(typeProperties: unknown) {
    this.properties = properties.parse(typeProperties);
  }

  needsStub({ jobs }: Services): string | undefined {
    return jobs === undefined ? "runs a job, for which the factory has no runner" : undefined;
  }

  async run({ scope, signal, services, clock, keepInput }: WorkContext): Promise<JsonObject> {
    const text = (value: Json) => asText(evaluateJson(value, scope));
    const jobId = text(this.properties.jobId);
    const jobParameters = Object.fromEntries(
      Object.entries(this.properties.jobParameters).map(([name, value]) => [name, text(value)]),
    );
    keepInput({ jobId, jobParameters });
    const { seconds } = await held(clock, () => services.jobs!.run(jobId, jobParameters, signal));
    return { runPageUrl: jobId, executionDuration: Math.round(seconds) };
  }
}
