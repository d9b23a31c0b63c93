import type { JsonObject } from "../../json";
import type { Work } from "./activity";

/** A type that only the service runs: here a stub stands for it. */
export class OtherActivity implements Work {
  readonly inner = [];
  readonly hasPolicy = true;

  readonly onlyByStub: string;

  constructor(type: string) {
    this.onlyByStub = `has type "${type}", which runs here by a stub only`;
  }

  needsStub(): string {
    return this.onlyByStub;
  }

  async run(): Promise<JsonObject> {
    throw new Error(`the activity ${this.onlyByStub}`);
  }
}
