import { FactoryError } from "../factory-error";
import { findName } from "../json";
import type { FactoryDefinition } from "../load";

export type RuntimeState = "Started" | "Stopped" | "Disabled";

/** Which triggers of a factory are on: at first those whose JSON says so, then as they are started and stopped. */
export class TriggerStates {
  private readonly states: Map<string, RuntimeState>;
  private readonly listeners = new Set<(name: string) => void>();

  constructor(definition: FactoryDefinition) {
    this.states = statesIn(definition);
  }

  /** Stops the triggers that a new definition does not have, or has turned off. */
  retain(definition: FactoryDefinition): void {
    const kept = statesIn(definition);
    for (const name of this.states.keys()) if (kept.get(name) !== "Started") this.set(name, "Stopped");
  }

  /** The triggers are those of this definition, and on where it says so. */
  adopt(definition: FactoryDefinition): void {
    const states = statesIn(definition);
    for (const name of this.states.keys()) if (!states.has(name)) this.states.delete(name);
    for (const [name, state] of states) {
      if (!this.states.has(name)) this.states.set(name, "Stopped");
      this.set(name, state);
    }
  }

  /** Throws a {@link FactoryError} for a trigger that does not exist, as the others do. */
  of(name: string): RuntimeState {
    return this.states.get(this.known(name))!;
  }

  isStarted(name: string): boolean {
    return this.of(name) === "Started";
  }

  set(name: string, state: RuntimeState): void {
    const known = this.known(name);
    if (this.states.get(known) === state) return;
    this.states.set(known, state);
    this.listeners.forEach((listener) => listener(known));
  }

  /** Tells of each trigger whose state changes, until what is returned is called. */
  onChange(listener: (name: string) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private known(name: string): string {
    const found = findName(this.states.keys(), name);
    if (found !== undefined) return found;
    throw new FactoryError(
      `the factory has no trigger "${name}", it has: ${[...this.states.keys()].join(", ") || "none"}`,
    );
  }
}

function statesIn({ blobEventsTriggers, scheduleTriggers, tumblingWindowTriggers }: FactoryDefinition) {
  const triggers = [...blobEventsTriggers, ...scheduleTriggers, ...tumblingWindowTriggers];
  return new Map(triggers.map(({ name, properties }) => [name, properties.runtimeState]));
}
