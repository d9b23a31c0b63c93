import type { JsonObject } from "../../json";
import type { Work } from "./activity";

/** A type that only the service runs: here a stub stands for it. */
export class OtherActivity implements Work {
  readonly inner = [];
  readonly hasPolicy = true;

  constructor(private readonly type: string) {}

  needsStub(): string {
    return `has type "${this.type}", which runs here by a stub only`;
  }

  async run(): Promise<JsonObject> {
    throw new Error(`the activity ${this.needsStub()}`);
  }
}
